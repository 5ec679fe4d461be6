import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { UserProject } from './user-project.ts'
import { blocksOf, compilerOptions } from './user-project.ts'

const PAGE = 'docs/migrating.md'
const VALUES = {
  secrets: { 'prod/orders/db': { host: 'db.internal', user: 'orders' }, 'prod/stripe/key': 'canary-key' },
  parameters: { '/prod/orders/hosts': ['a.internal', 'b.internal'], '/prod/orders/flags': '{"beta":true}' },
}

/** Puts the page's handlers into a project; gives their names. */
export async function writeMigrations(project: UserProject): Promise<readonly string[]> {
  await project.write('migrating/values.json', JSON.stringify(VALUES))
  await project.write('migrating/tsconfig.json', JSON.stringify({ compilerOptions }))
  const names: string[] = []
  for (const block of await blocksOf(PAGE, 'ts')) {
    const [, file = '', when, name = ''] = /^\/\/ ((before|after)-([\w-]+)\.ts)\n/.exec(block) ?? []
    await project.write(`migrating/${file}`, block)
    if (when === 'before') names.push(name)
  }
  return names
}

interface Line {
  readonly calls: { readonly layer: number; readonly aws: number }
  readonly result?: unknown
}

export type Thrice = Awaited<ReturnType<typeof runThrice>>

/** Runs one of them three times in one environment: its answers, and what was asked in all. */
export async function runThrice(project: UserProject, file: string) {
  const given = ['run', `migrating/${file}.ts`, '--times', '3', '--timeout', '60s', '--json']
  const { stdout } = await project.execute('secrets-cache', given)
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  const sum = (whom: 'layer' | 'aws') => lines.reduce((all, { calls }) => all + calls[whom], 0)
  const asked = sum('layer') > 0 ? `${sum('layer')} to the layer` : `${sum('aws')} to AWS`
  return { answers: lines.slice(1).map(({ result }) => result), asked }
}

/** What the page's last table says of a handler. */
export async function askedAsWritten(name: string): Promise<readonly string[]> {
  const text = await readFile(fileURLToPath(new URL(`../../../../${PAGE}`, import.meta.url)), 'utf8')
  const row = text.split('\n').find((line) => line.startsWith(`| ${name} `)) ?? ''
  return row
    .split('|')
    .slice(2, 4)
    .map((cell) => cell.trim())
}
