import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { refusedLicenses } from '../../src/supply-chain/licenses.ts'

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly license?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const packages = fileURLToPath(new URL('../../../', import.meta.url))
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Manifest
const published = readdirSync(packages)
  .map((folder) => ({ folder: `${packages}${folder}`, manifest: read(`${packages}${folder}/package.json`) }))
  .filter(({ manifest }) => manifest.private !== true)

/** What npm runs by itself when a package is installed from the registry. */
const atInstall = ['preinstall', 'install', 'postinstall']
/** What npm also runs when a package is installed from a repository. */
const fromRepository = [...atInstall, 'preprepare', 'prepare', 'postprepare', 'prepublish']

describe('what is published', () => {
  it('is eight packages under one licence', () => {
    expect(published.map(({ manifest }) => [manifest.name, manifest.license])).toEqual(
      ['cdk', 'cli', 'core', 'direct', 'extension', 'local', 'middy', 'sdk'].map((name) => [
        `@secrets-cache/${name}`,
        'MIT',
      ]),
    )
  })

  it('runs nothing when it is installed, nor does what it brings along', () => {
    for (const { folder, manifest } of published) {
      const require = createRequire(`${folder}/package.json`)
      const brought = Object.keys(manifest.dependencies ?? {}).map((name) => manifestOf(require, name))
      expect([manifest.name, scriptsIn(manifest, fromRepository)]).toEqual([manifest.name, []])
      for (const one of brought) expect([one.name, scriptsIn(one, atInstall)]).toEqual([one.name, []])
    }
  })

  it('brings along what it needs and nothing else, in exact versions', () => {
    const brought = published.map(({ manifest }) => [
      manifest.name.split('/')[1],
      Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies }).map(
        ([name, version]) => {
          expect([name, version]).toEqual([name, expect.stringMatching(/^(workspace:\*|\d+\.\d+\.\d+)$/)])
          return name
        },
      ),
    ])
    expect(Object.fromEntries(brought)).toEqual({
      cdk: ['@secrets-cache/core'],
      cli: [
        '@babel/parser',
        '@babel/traverse',
        '@secrets-cache/core',
        '@secrets-cache/local',
        '@secrets-cache/sdk',
        'cli-table3',
        'commander',
        'diff',
        'magic-string',
        'yaml',
      ],
      core: [],
      direct: ['@secrets-cache/core', 'aws4'],
      extension: ['@secrets-cache/core', 'undici'],
      local: ['commander', 'fastest-levenshtein', 'open', 'yaml'],
      middy: ['@secrets-cache/core', '@secrets-cache/extension'],
      sdk: ['@secrets-cache/core'],
    })
  })

  it('has a core that needs nothing', () => {
    const { dependencies, optionalDependencies, peerDependencies } = read(`${packages}core/package.json`)
    expect({ ...dependencies, ...optionalDependencies, ...peerDependencies }).toEqual({})
  })
})

const scriptsIn = ({ scripts = {} }: Manifest, names: readonly string[]) =>
  names.filter((name) => name in scripts)

/** Reads the file, because a package's exports may not include its package.json. */
function manifestOf(require: NodeJS.Require, name: string): Manifest {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return read(`${folder}/${name}/package.json`)
    } catch {
      // Not in this folder; the next one is further up.
    }
  }
  throw new Error(`${name} is not installed`)
}

describe('refusedLicenses', () => {
  it('takes what is on the list, one of several that are offered, and all of several that hold', () => {
    const fine = { MIT: [{ name: 'a' }], '(GPL-3.0 OR Apache-2.0)': [{ name: 'b' }], 'MIT AND ISC': [] }
    expect(refusedLicenses(fine, true)).toEqual([])
  })

  it('tells what is not', () => {
    const wrong = { Unknown: [{ name: 'a' }, { name: 'b' }], 'MIT AND GPL-3.0': [{ name: 'c' }] }
    expect(refusedLicenses(wrong, false)).toEqual(['a: Unknown', 'b: Unknown', 'c: MIT AND GPL-3.0'])
  })

  it('hands on less than it is developed with', () => {
    const weak = { 'MPL-2.0': [{ name: 'a' }] }
    expect(refusedLicenses(weak, false)).toEqual([])
    expect(refusedLicenses(weak, true)).toEqual(['a: MPL-2.0'])
  })
})
