import { readFileSync, writeFileSync } from 'node:fs'
import getReleasePlan from '@changesets/get-release-plan'

/** A change as its author described it. */
export interface Change {
  readonly bump: 'major' | 'minor' | 'patch'
  /** `core`, `middy`... */
  readonly packages: readonly string[]
  readonly summary: string
}

/** What the next release is, from the changesets; `undefined` where there are none. */
export async function readNextRelease(
  repository: string,
): Promise<{ readonly version: string; readonly changes: readonly Change[] } | undefined> {
  const { changesets, releases } = await getReleasePlan(repository)
  const [first] = releases.filter(({ type }) => type !== 'none')
  if (!first?.newVersion) return undefined
  const order = ['major', 'minor', 'patch'] as const
  const changes = changesets.map(({ releases: bumped, summary }) => ({
    bump: order.find((bump) => bumped.some(({ type }) => type === bump)) ?? 'patch',
    packages: bumped.map(({ name }) => name.replace('@secrets-cache/', '')).sort(),
    summary: summary.trim(),
  }))
  return { version: first.newVersion, changes }
}

const titles = { major: 'Breaking', minor: 'New', patch: 'Mended' } as const

/** The section of a version, in Markdown. */
export function sectionOf(version: string, changes: readonly Change[]): string {
  const parts = (['major', 'minor', 'patch'] as const).flatMap((bump) => {
    const own = changes.filter((change) => change.bump === bump)
    return own.length === 0 ? [] : ['', `### ${titles[bump]}`, '', ...own.map(entryOf)]
  })
  return [`## ${version}`, ...parts, ''].join('\n')
}

const entryOf = ({ packages, summary }: Change) =>
  `- **${packages.join(', ')}**: ${summary.replaceAll(/\n(?=.)/g, '\n  ')}`

/** Puts a section above those of the older versions. */
export function addToChangelog(file: string, section: string): void {
  const text = readFileSync(file, 'utf8')
  const at = text.search(/^## /m)
  const [before, after] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)]
  writeFileSync(file, `${before.trimEnd()}\n\n${section}${after === '' ? '' : `\n${after}`}`)
}
