import { readFileSync, writeFileSync } from 'node:fs'

const root = new URL('../../../../', import.meta.url)

/** The part of a page between `<!-- name -->` and `<!-- /name -->`. */
export function readPart(page: string, name: string): string {
  const { text, from, to } = partOf(page, name)
  return text.slice(from, to).trim()
}

/** Replaces that part; the rest of the page stays as it is. */
export function writePart(page: string, name: string, content: string): void {
  const { text, from, to } = partOf(page, name)
  writeFileSync(new URL(page, root), `${text.slice(0, from)}\n\n${content}\n\n${text.slice(to)}`)
}

function partOf(page: string, name: string) {
  const text = readFileSync(new URL(page, root), 'utf8')
  const begin = `<!-- ${name} -->`
  const from = text.indexOf(begin) + begin.length
  const to = text.indexOf(`<!-- /${name} -->`, from)
  if (from < begin.length || to === -1) throw new Error(`${page} has no ${begin} with its end`)
  return { text, from, to }
}
