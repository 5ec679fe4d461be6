import { describe, expect, it } from '@jest/globals'
import { createProgram } from '../src/program.ts'

/** What a command line prints, without a process of its own. */
async function run(...given: string[]): Promise<{ out: string; error: string; code: unknown }> {
  const out: string[] = []
  const error: string[] = []
  const output = {
    width: 80,
    line: (text: string) => out.push(text),
    aside: (text: string) => error.push(text),
  }
  let code: unknown = 0
  try {
    await createProgram('1.2.3', output as never).parseAsync(['node', 'secrets-cache', ...given])
  } catch (thrown) {
    code = (thrown as { exitCode?: number }).exitCode ?? (thrown as Error).name
    if ((thrown as Error).name === 'UsageError') error.push((thrown as Error).message)
  }
  return { out: out.join('\n'), error: error.join('\n'), code }
}

describe('secrets-cache', () => {
  it.each([
    [['--help']],
    ...['list', 'policy', 'graph', 'check', 'pull', 'migrate'].map((command) => [[command, '--help']]),
  ])('%j is worth reading, in 80 columns', async (given) => {
    const { out, code } = await run(...given)
    expect(code).toBe(0)
    expect(out.length).toBeGreaterThan(800)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(out).not.toContain('default: []')
  })

  it('has run and the stand-in, with the flags of their older names', async () => {
    const { out } = await run('--help')
    expect(out).toMatch(/^ {2}run \[folder\] +run a function as Lambda does/m)
    expect(out).toMatch(/^ {2}local \[values-file\] +the stand-in of AWS/m)
  })

  it('tells its version', async () => {
    expect(await run('--version')).toEqual({ out: '1.2.3', error: '', code: 0 })
  })

  it.each([
    [['lsit'], "unknown command 'lsit'\n(Did you mean list?)"],
    [['list', '--jsno'], "unknown option '--jsno'\n(Did you mean --json?)"],
    [['policy', '--format', 'terafrom'], 'Did you mean terraform? It is json, sam, cdk or terraform.'],
    [['graph', '--format', 'dot'], 'It is table, mermaid, svg or json.'],
    [['list', '--timeout', 'soon'], 'Give a time such as 500ms or 10s.'],
    [['list', '--account', '1'], 'Give the twelve digits of an account.'],
    [['list', 'none/such'], 'none/such: there is no such file or folder.'],
    [['list', '--template', 'none.yaml'], '--template none.yaml: it cannot be read (ENOENT).'],
    [['list', 'a', '--template', 'none.yaml'], '--template names the functions itself'],
    [['check', '--template', 'none.yaml', '--code', 'x'], '--code takes Name=value'],
    [['graph', 'one', 'two'], 'graph takes one id'],
    [['pull', '-o', 'package.json'], 'package.json exists already: --force replaces it.'],
  ])('refuses %j, and says what is meant', async (given, message) => {
    const { error, code } = await run(...given)
    expect(error).toContain(message)
    expect([1, 'UsageError']).toContain(code)
  })
})
