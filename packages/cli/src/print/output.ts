import { styleText } from 'node:util'

/** Where a command writes: results to stdout, what people are told beside them to stderr. */
export interface Output {
  readonly width: number
  readonly line: (text: string) => void
  readonly aside: (text: string) => void
}

export type Colour = 'green' | 'red' | 'yellow' | 'dim' | 'bold'

/** Colours on a terminal only, and not where NO_COLOR is set. */
export function coloured(colour: Colour, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(colour, text, { stream })
}

/** 80 columns where nobody says otherwise, and never more than can be read. */
export function standardOutput(): Output {
  return {
    width: Math.min(Math.max(process.stdout.columns ?? 80, 60), 160),
    line: (text) => console.log(text),
    aside: (text) => console.error(text),
  }
}

/** Broken at its spaces; a word that is too long stays whole, because it may be a name to copy. */
export function wrapped(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width - indent.length)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join(`\n${indent}`)
}
