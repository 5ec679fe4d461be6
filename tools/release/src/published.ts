import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The repository, with a slash at its end. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))

/** A package.json, as far as a release looks at it. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly license?: string
  readonly homepage?: string
  readonly bugs?: string
  readonly repository?: Readonly<Record<string, string>>
  readonly keywords?: readonly string[]
  readonly sideEffects?: boolean
  readonly main?: string
  readonly types?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** A package that is published. */
export interface Published {
  /** Its folder in `packages`: `core`. */
  readonly folder: string
  readonly manifest: Manifest
}

/** Every package that is published, those first that the others need. */
export function readPublished(repository = root): readonly Published[] {
  const all = readdirSync(`${repository}packages`)
    .map((folder) => ({ folder, manifest: readManifest(`${repository}packages/${folder}/package.json`) }))
    .filter(({ manifest }) => manifest.private !== true)
  return inOrder(all)
}

export const readManifest = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest

/** A package stands after what it depends on, so that nobody can install one whose dependency is not there yet. */
export function inOrder(all: readonly Published[]): readonly Published[] {
  const ordered: Published[] = []
  while (ordered.length < all.length) {
    const left = all.filter((one) => !ordered.includes(one))
    const needed = ({ manifest }: Published) =>
      left.filter((other) => other.manifest.name in (manifest.dependencies ?? {}))
    const ready = left.filter((one) => needed(one).length === 0)
    if (ready.length === 0)
      throw new Error(`These packages depend on each other: ${left.map(({ folder }) => folder).join(', ')}.`)
    ordered.push(...ready)
  }
  return ordered
}
