import type { Finding } from '../check/finding.ts'
import { type Colour, coloured, wrapped } from './output.ts'

const marks = { finding: '✗', unknown: '?', note: '·' } as const
const colours: Readonly<Record<Finding['severity'], Colour>> = {
  finding: 'red',
  unknown: 'yellow',
  note: 'dim',
}

/** One finding, such as `✗ cron role: the role does not allow ...`. */
export function findingLine(
  finding: Finding,
  width: number,
  stream: NodeJS.WriteStream = process.stdout,
): string {
  const { severity, message, check } = finding
  const text = [finding.function, `${check}:`, message].filter((word) => word !== undefined).join(' ')
  return `${coloured(colours[severity], marks[severity], stream)} ${wrapped(text, width, '  ')}`
}

/** Findings first, then what cannot be told, then notes; each by function. */
export function sorted(findings: readonly Finding[]): readonly Finding[] {
  const order = ['finding', 'unknown', 'note']
  return [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
}

export function isBad(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'finding')
}
