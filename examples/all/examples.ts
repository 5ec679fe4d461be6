import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Example {
  readonly name: string
  readonly folder: string
  /** What it teaches: one line. */
  readonly description: string
  /** All dependencies by name, with those of the packages inside its folder. */
  readonly dependencies: Readonly<Record<string, string>>
}

export const examplesFolder = fileURLToPath(new URL('..', import.meta.url))

/** Every folder beside this one that has a start script. */
export function findExamples(): readonly Example[] {
  return readdirSync(examplesFolder).flatMap((name) => {
    const folder = join(examplesFolder, name)
    if (!existsSync(join(folder, 'package.json'))) return []
    const { scripts = {}, description = '' } = readPackage(folder)
    const dependencies = Object.assign({}, ...[folder, ...innerPackages(folder)].map(dependenciesOf))
    return scripts['start'] ? [{ name, folder, description, dependencies }] : []
  })
}

/** The folders of the packages inside an example. */
export const innerPackages = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name !== 'node_modules' && existsSync(join(folder, name, 'package.json')))
    .map((name) => join(folder, name))

function dependenciesOf(folder: string): Readonly<Record<string, string>> {
  const { dependencies, devDependencies } = readPackage(folder)
  return { ...dependencies, ...devDependencies }
}

interface Package {
  readonly name: string
  readonly private?: boolean
  readonly description?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

export const readPackage = (folder: string): Package =>
  JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
