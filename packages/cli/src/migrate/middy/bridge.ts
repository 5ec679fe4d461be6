import { CannotMigrate } from '../source/cannot-migrate.ts'
import type { Source } from '../source/source.ts'
import type { Chain } from './chain.ts'
import type { Site } from './site.ts'

/** Where the values stay for code that cannot be seen from here: on the context, or in Middy's internal store. */
export type BridgeTo = 'context' | 'internal'

const remarks: Readonly<Record<BridgeTo, (view: string) => string>> = {
  context: (view) =>
    `what reads these from the context is not in sight from here. Let it read context.${view}, then remove this: it puts secrets where logs show them.`,
  internal: (view) =>
    `getInternal() elsewhere may read these. Let it read request.context.${view}, then remove this.`,
}

/** Whether a bridge to the context can be built at all. @throws {CannotMigrate} */
export function checkBridge({ keys, call }: Site): void {
  const taken = keys.find(({ name }) => name === 'secrets' || name === 'parameters')
  if (taken)
    throw new CannotMigrate(
      call.node,
      `the handler is not in sight, and context.${taken.name} is a view here`,
    )
}

/** Copies the values to where they were, in a hook right after the middleware. */
export function bridge(
  source: Source,
  { view, keys }: Site,
  { use, argument, isInArray }: Chain,
  to: BridgeTo,
): void {
  const { newline, indent, semicolon } = source.style
  const at = isInArray ? Number(argument.node.end) : Number(use.node.end)
  const base = source.indentAt(isInArray ? at : lineOfEnd(source, at))
  const values = keys.map(({ name }) => `${name}: context.${view}.${name}`).join(', ')
  const parameter = to === 'context' ? '{ context }' : '{ context, internal }'
  const typed = source.isTypeScript && isInArray ? `${parameter}: any` : parameter
  const before = isInArray
    ? `, { before: (${typed}) => {`
    : `${newline}${base}${isChained(source, at) ? '' : indent}.before((${typed}) => {`
  const inner = `${base}${isChained(source, at) || isInArray ? '' : indent}${indent}`
  const remark = remarks[to](view)
  const lines = [
    before,
    `${inner}// TODO(secrets-cache): ${remark}`,
    `${inner}Object.assign(${to}, { ${values} })${semicolon}`,
  ]
  const end = isInArray ? `${base}} }` : `${inner.slice(0, inner.length - indent.length)}})`
  source.insert(at, [...lines, end].join(newline))
  source.todos.push({ line: use.node.loc?.start.line ?? 1, message: remark })
}

const lineOfEnd = (_source: Source, at: number): number => at

/** Whether the line on which a call ends begins with the end of its arguments or with a method of the chain. */
function isChained(source: Source, at: number): boolean {
  const line = source.text.slice(source.text.lastIndexOf('\n', at - 1) + 1, at)
  return /^\s*[.)}]/.test(line)
}
