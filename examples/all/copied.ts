import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { type Example, innerPackages, readPackage } from './examples.ts'
import { copyExample } from './packed.ts'
import { packFor } from './tarballs.ts'

const run = promisify(execFile)

/** One thing that a user does with a copy. */
export interface Step {
  readonly done: string
  readonly isFor: (folder: string) => boolean
  readonly program: string
  readonly given: (folder: string) => readonly string[]
  /** How to have the program, where it is not there. */
  readonly install?: string
}

const hasTemplate = (folder: string) => existsSync(join(folder, 'template.yaml'))

export const steps: readonly Step[] = [
  {
    done: 'installed',
    isFor: () => true,
    program: 'npm',
    given: () => ['install', '--no-audit', '--no-fund', '--prefer-offline'],
  },
  { done: 'type-checked', isFor: () => true, program: 'node_modules/.bin/tsc', given: () => ['-p', '.'] },
  {
    done: 'tested',
    isFor: (folder) => globSync('*.test.ts', { cwd: folder }).length > 0,
    program: 'npm',
    given: () => ['test'],
  },
  {
    done: 'built',
    isFor: hasTemplate,
    program: 'sam',
    given: () => ['build', '--no-cached'],
    install: 'pip install aws-sam-cli',
  },
  {
    done: 'linted',
    isFor: hasTemplate,
    program: 'cfn-lint',
    given: () => ['template.yaml'],
    install: 'pip install cfn-lint',
  },
]

/** A folder of their own for the copies, and the tarballs that stand for `workspace:*`. */
export async function createCopies(examples: readonly Example[]) {
  const place = await mkdtemp(join(tmpdir(), 'secrets-cache-copied-'))
  const tarballs = await packFor(examples, place)
  return {
    /** Copies one example alone, as its user would; gives its folder. */
    copy: async ({ name, folder }: Example): Promise<string> => {
      const copy = join(place, name)
      await copyExample(folder, copy)
      for (const each of [copy, ...innerPackages(copy)]) await replaceWorkspace(each, copy, tarballs)
      return copy
    },
    [Symbol.asyncDispose]: () => rm(place, { recursive: true, force: true }),
  }
}

/** In its package.json: tarballs, of what ours need too, and the folders of the packages inside of it. */
async function replaceWorkspace(
  folder: string,
  copy: string,
  tarballs: Readonly<Record<string, string>>,
): Promise<void> {
  const inner = Object.fromEntries(
    innerPackages(copy).map((each) => [readPackage(each).name, `file:./${relative(folder, each)}`]),
  )
  const known = { ...tarballs, ...inner }
  const replaced = (dependencies: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      Object.entries(dependencies).map(([name, version]) => [
        name,
        version.startsWith('workspace:') ? (known[name] ?? version) : version,
      ]),
    )
  const manifest = readPackage(folder)
  const changed = {
    ...manifest,
    dependencies: replaced(manifest.dependencies),
    devDependencies: replaced(manifest.devDependencies),
    overrides: tarballs,
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify(changed, undefined, 2))
}

/** This Node first, as somebody has it who uses these packages. */
const environment = {
  ...process.env,
  PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
  SAM_CLI_TELEMETRY: '0',
  NODE_OPTIONS: '',
}

/** Whether a program is there; one of the copy itself always is, once it is installed. */
export async function isThere({ program, install }: Step): Promise<boolean> {
  if (install === undefined) return true
  return run(program, ['--version'], { env: environment }).then(
    () => true,
    () => false,
  )
}

export async function takeStep({ program, given }: Step, folder: string): Promise<void> {
  const file = program.includes('/') ? join(folder, program) : program
  await run(file, given(folder), {
    cwd: folder,
    env: environment,
    timeout: 600_000,
    maxBuffer: 64 * 1024 * 1024,
  })
}
