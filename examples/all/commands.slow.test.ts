import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The commands of this repository that are scripts of ours, as package.json runs them. */
const commands = {
  bench: 'packages/bench/src/run.ts',
  examples: 'examples/all/run-all.ts',
  faults: 'packages/faults/src/run.ts',
  interop: 'packages/sdk/interop/run.ts',
  soak: 'packages/faults/src/soak/run.ts',
  'test:mysql': 'packages/bench/src/benches/rotation/run-example.ts',
}

function run(script: string, ...argv: string[]) {
  return new Promise<{ status: unknown; stdout: string; stderr: string }>((resolve) => {
    const given = ['--conditions=@secrets-cache/source', script, ...argv]
    execFile(process.execPath, given, { cwd: root }, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, stdout, stderr }),
    )
  })
}

describe.each(Object.entries(commands))('npm run %s', (name, script) => {
  it('says with --help what it does and what it takes, in 80 columns', async () => {
    const { status, stdout, stderr } = await run(script, '--help')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`^npm run ${name} -- .*\\n\\n[A-Z].*\\.\\n\\n  \\S`, 's'))
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80)
  })

  it.each(['nope', '--nope'])('refuses %s, says what there is, and ends with 2', async (given) => {
    const { status, stdout, stderr } = await run(script, given)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(`npm run ${name}: there is no `)
    expect(stderr).toContain(`npm run ${name} -- --help says what each does.`)
    expect(stderr).not.toContain('    at ')
  })
})

describe('a command', () => {
  it.each([
    ['bench', ['wram'], 'there is no bench "wram". Did you mean "warm"?'],
    ['examples', ['hello-secrets'], 'there is no example "hello-secrets". Did you mean\n"hello-secret"?'],
    ['soak', ['--secnds', '1'], 'there is no flag "--secnds". Did you mean "--seconds"?'],
    ['soak', ['--seconds', '-1'], '--seconds is "-1"; it is a number from 0 up'],
    ['soak', ['--seconds'], '--seconds needs a value'],
    ['faults', ['--ours=yes'], '--ours takes no value'],
    ['faults', ['--only', 'nothing of this name'], 'No fault has "nothing of this name" in its name.'],
    [
      'bench',
      ['--size', 'chek'],
      '--size is "chek"; it is one of full, check and brief. Did you mean "check"?',
    ],
  ] as const)('%s %j names what was meant', async (name, given, message) => {
    const { status, stderr } = await run(commands[name], ...given)
    expect(stderr).toContain(message)
    expect(status).toBe(2)
  })
})
