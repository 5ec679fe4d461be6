import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('../../../../README.md', import.meta.url)

/** The part of the README between `<!-- name -->` and `<!-- /name -->`. */
export function readReadme(name: string): string {
  const { text, from, to } = partOf(name)
  return text.slice(from, to).trim()
}

/** Replaces that part; the rest of the README stays as it is. */
export function writeReadme(name: string, content: string): void {
  const { text, from, to } = partOf(name)
  writeFileSync(file, `${text.slice(0, from)}\n\n${content}\n\n${text.slice(to)}`)
}

function partOf(name: string) {
  const text = readFileSync(file, 'utf8')
  const begin = `<!-- ${name} -->`
  const from = text.indexOf(begin) + begin.length
  const to = text.indexOf(`<!-- /${name} -->`, from)
  if (from < begin.length || to === -1) throw new Error(`README.md has no ${begin} with its end`)
  return { text, from, to }
}
