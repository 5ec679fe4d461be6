import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { hostEnvironment, installWith, type Manager } from './install-with.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** Packs what a handler installs into a folder; gives the tarballs. */
export async function packInto(folder: string): Promise<readonly string[]> {
  const others = ['bench', 'faults', 'cdk'].map((name) => `!@secrets-cache/${name}`)
  const filters = ['./packages/*', ...others].flatMap((name) => ['--filter', name])
  await run(process.execPath, ['.ci/pnpm.mjs', '-r', ...filters, 'pack', '--pack-destination', folder], {
    cwd: root,
    env: hostEnvironment,
  })
  return (await readdir(folder)).filter((name) => name.endsWith('.tgz')).map((name) => join(folder, name))
}

export type UserProject = Awaited<ReturnType<typeof createUserProject>>

/** A user's project outside the workspace, with our packages from their tarballs and others from npm. */
export async function createUserProject(
  others: readonly string[],
  tarballs?: readonly string[],
  manager: Manager = 'npm',
) {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-user-'))
  const manifest = { name: 'user', private: true, type: 'module' }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  const packed = tarballs ?? (await packInto(folder))
  await installWith(manager, folder, packed, others)
  /** This Node and the project's programs come first, as in an npm script. */
  const path = [join(folder, 'node_modules/.bin'), dirname(process.execPath), process.env['PATH']].join(
    delimiter,
  )
  const execute = async (
    program: string,
    given: readonly string[],
    options: { cwd?: string; env?: object } = {},
  ) =>
    run(program, given, {
      cwd: options.cwd ?? folder,
      env: { ...process.env, PATH: path, NO_COLOR: '1', NODE_OPTIONS: '', ...options.env },
      maxBuffer: 16 * 1024 * 1024,
    })

  return {
    folder,
    write: async (name: string, text: string): Promise<void> => {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), text)
    },
    /** Runs a program of the project; its output. */
    execute,
    node: async (...given: readonly string[]): Promise<string> =>
      (await execute(process.execPath, given)).stdout,
    remove: (): Promise<void> => rm(folder, { recursive: true, force: true }),
  }
}

/** The blocks of a language in a page of ours, in order. */
export async function blocksOf(page: string, language: string): Promise<string[]> {
  const text = await readFile(join(root, page), 'utf8')
  return [...text.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(
    ([, block]) => block as string,
  )
}

/** How a user compiles: strictly, and as Node resolves. */
export const compilerOptions = {
  target: 'es2024',
  module: 'nodenext',
  strict: true,
  noEmit: true,
  types: ['node'],
  skipLibCheck: true,
}
