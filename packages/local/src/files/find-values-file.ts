import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { valuesFileIn } from './values-file.ts'

/**
 * The values file of a folder: its own, or that of the nearest folder above it, up to where the project begins. What is
 * above the project belongs to somebody else.
 */
export const findValuesFile = (folder: string): string | undefined => {
  const from = resolve(folder)
  const root = rootOf(from)
  for (const place of upwards(from)) {
    const file = valuesFileIn(place)
    if (file !== undefined || place === root) return file
  }
  return undefined
}

/** The repository or workspace; else the nearest package; else the folder itself. */
const rootOf = (folder: string): string => {
  const places = upwards(folder)
  const root = places.find((place) => existsSync(join(place, '.git')) || isWorkspace(place))
  return root ?? places.find((place) => existsSync(join(place, 'package.json'))) ?? folder
}

const isWorkspace = (place: string): boolean =>
  existsSync(join(place, 'pnpm-workspace.yaml')) || hasWorkspaces(join(place, 'package.json'))

const hasWorkspaces = (manifest: string): boolean => {
  try {
    return 'workspaces' in JSON.parse(readFileSync(manifest, 'utf8'))
  } catch {
    // There is none, or it is not JSON, which is not for us to tell.
    return false
  }
}

/** The folder and all above it, the nearest first. */
const upwards = (folder: string): readonly string[] => {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...upwards(above)]
}
