import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The generator numbers some anchors as if their heading stood twice on the page: it counts `LocalError.code` and
 * `LocalErrorCode` as one. Links with such a number lead to the heading without it.
 */
export function mendAnchors(folder: string): void {
  const texts = new Map(
    globSync('*.md', { cwd: folder }).map(
      (file) => [file, readFileSync(join(folder, file), 'utf8')] as const,
    ),
  )
  const anchors = new Map([...texts].map(([file, text]) => [file, anchorsOf(text)] as const))
  for (const [file, text] of texts) {
    const mended = text.replaceAll(/\]\(([\w-]*(?:\.md)?)#([\w-]+)-(\d+)\)/g, (link, page, name, number) => {
      const found = anchors.get(page || file)
      return found?.has(name) && !found.has(`${name}-${number}`) ? `](${page}#${name})` : link
    })
    if (mended !== text) writeFileSync(join(folder, file), mended)
  }
}

/** How the site, like GitHub, makes anchors of headings; the second of one name gets `-1`. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of text.matchAll(/^#+ (.*)$/gm)) {
    const name = heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(/\s/g, '-')
    let anchor = name
    for (let number = 1; anchors.has(anchor); number++) anchor = `${name}-${number}`
    anchors.add(anchor)
  }
  return anchors
}
