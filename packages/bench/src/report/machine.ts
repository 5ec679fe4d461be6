import { readFileSync } from 'node:fs'
import { createRequire, findPackageJSON } from 'node:module'
import { cpus, loadavg, release, totalmem, type } from 'node:os'

const compared = [
  '@middy/core',
  '@middy/ssm',
  '@middy/secrets-manager',
  '@aws-lambda-powertools/parameters',
  '@aws-sdk/client-secrets-manager',
  '@aws-sdk/client-ssm',
  'aws-lambda-ric',
]

/** The machine and the versions that are measured. */
export function machine() {
  const cores = cpus()
  return {
    system: `${type()} ${release()}`,
    processor: `${cores.length} x ${cores[0]?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.version,
    /** Above the number of processors, other programs compete for them. */
    loadBefore: loadavg()[0] as number,
    versions: Object.fromEntries([...compared, 'undici'].map((name) => [name, versionOf(name)])),
  }
}

export type Machine = ReturnType<typeof machine>

export function describeMachine({ system, processor, memory, node, loadBefore, versions }: Machine): string {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    `Node ${node}, ${processor}, ${memory}, ${system}, load ${loadBefore.toFixed(1)}`,
    packages.join(', '),
  ].join('\n')
}

/** undici is resolved from the extension, which depends on it. */
function versionOf(name: string): string {
  const from =
    name === 'undici' ? createRequire(import.meta.url).resolve('@secrets-cache/extension') : import.meta.url
  const file = findPackageJSON(name, from)
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : 'unknown'
}
