import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** npm and npx are scripts on Windows, which only a shell starts. */
const shell = process.platform === 'win32'

/** npm with the Node it came with, and its settings; in our scripts another Node stands first. */
export const hostEnvironment = {
  ...process.env,
  PATH: process.env['PATH']
    ?.split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter),
}

/** With Yarn, packages are in node_modules; with Plug'n'Play there is no such folder. */
export type Manager = 'npm' | 'pnpm' | 'yarn' | "yarn Plug'n'Play"

/** What npx runs for each: the versions that are tested. */
export const versions = { pnpm: 'pnpm@12.21.0', yarn: '@yarnpkg/cli-dist@4.18.1' }

/** Installs packages of others, and ours from their tarballs, into a folder with a package.json. */
export async function installWith(
  manager: Manager,
  folder: string,
  packed: readonly string[],
  others: readonly string[],
): Promise<void> {
  if (manager === 'npm') {
    const flags = ['--no-audit', '--no-fund', '--prefer-offline']
    await run('npm', ['install', ...flags, ...packed, ...others], {
      cwd: folder,
      env: hostEnvironment,
      shell,
    })
    return
  }
  // Ours depend on each other by versions that are in no registry.
  const ours = packed.map((file) => [/secrets-cache-(\w+)-[^/\\]*$/.exec(file)?.[1], `file:${file}`])
  const overrides = Object.fromEntries(ours.map(([name, file]) => [`@secrets-cache/${name}`, file]))
  if (manager === 'pnpm') {
    await writeFile(join(folder, 'pnpm-workspace.yaml'), JSON.stringify({ overrides }))
    const middy = `@secrets-cache/middy@${overrides['@secrets-cache/middy']}`
    await npx(folder, versions.pnpm, ['pnpm', '--loglevel=warn', 'add', '--prefer-offline', middy, ...others])
    return
  }
  const file = join(folder, 'package.json')
  const manifest = JSON.parse(await readFile(file, 'utf8')) as object
  const dependencies = { ...overrides, ...Object.fromEntries(others.map(nameAndVersion)) }
  await writeFile(file, JSON.stringify({ ...manifest, dependencies, resolutions: overrides }))
  await writeFile(join(folder, 'yarn.lock'), '')
  await npx(folder, versions.yarn, ['yarn', 'install'], await yarnSettings(folder, manager))
}

/** Runs a program as Yarn does, with this Node. */
export async function runWithYarn(folder: string, given: readonly string[]) {
  const path = [dirname(process.execPath), hostEnvironment.PATH].join(delimiter)
  const settings = { ...(await yarnSettings(folder, "yarn Plug'n'Play")), PATH: path }
  return npx(folder, versions.yarn, ['yarn', ...given], settings)
}

const npx = (folder: string, name: string, given: readonly string[], environment: object = {}) =>
  run('npx', ['-y', '--prefer-offline', '-p', name, '--', ...given], {
    cwd: folder,
    env: { ...hostEnvironment, ...environment },
    maxBuffer: 16 * 1024 * 1024,
    shell,
  })

/** Yarn reads none of npm's settings; its lockfile may be written, also where CI is set. */
async function yarnSettings(folder: string, manager: Manager) {
  const { stdout } = await run('npm', ['config', 'get', 'registry'], {
    cwd: folder,
    env: hostEnvironment,
    shell,
  })
  const registry = stdout.trim()
  return {
    YARN_NODE_LINKER: manager === 'yarn' ? 'node-modules' : 'pnp',
    YARN_NPM_REGISTRY_SERVER: registry,
    ...(registry.startsWith('http:') && { YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname }),
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_ENABLE_TELEMETRY: '0',
    YARN_ENABLE_GLOBAL_CACHE: 'false',
    YARN_NPM_MINIMAL_AGE_GATE: '0',
  }
}

function nameAndVersion(specifier: string): readonly [string, string] {
  const at = specifier.lastIndexOf('@')
  return [specifier.slice(0, at), specifier.slice(at + 1)]
}
