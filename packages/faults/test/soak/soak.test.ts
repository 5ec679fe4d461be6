import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { holdsCanary } from '../../src/canary.ts'

const script = fileURLToPath(new URL('../../src/soak/run.ts', import.meta.url))

/** Runs a soak as `npm run soak` does; its exit code and what it printed. */
function run(...flags: string[]) {
  const environment = { PATH: process.env['PATH'], CI: 'true' }
  return new Promise<{ status: unknown; stdout: string; stderr: string }>((resolve) => {
    const argv = ['--conditions=@secrets-cache/source', script, ...flags]
    execFile(process.execPath, argv, { env: environment }, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, stdout, stderr }),
    )
  })
}

const figure = (stdout: string, name: string) =>
  Number(new RegExp(`^${name} +([\\d,.]+)`, 'm').exec(stdout)?.[1]?.replaceAll(',', ''))

describe('a soak', () => {
  it('breaks no bound, and prints nothing that is stored', async () => {
    const { status, stdout, stderr } = await run('--seconds', '2.5', '--seed', '2')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    for (const name of ['invocations', 'loads', 'rotations', 'faults brought about'])
      expect([name, figure(stdout, name) > 0]).toEqual([name, true])
    expect(figure(stdout, 'wrong or missing values')).toBe(0)
    expect(holdsCanary(stdout)).toBe(false)
  })

  it('fails where a value was served for longer than its bound', async () => {
    const { status, stdout } = await run('--seconds', '1.5', '--seed', '2', '--bound', '0')
    expect(stdout).toMatch(/Broken:\na value was served \d/)
    expect(status).toBe(1)
  })

  it('takes no time that is none', async () => {
    expect(await run('--seconds', 'soon')).toEqual({
      status: 2,
      stdout: '',
      stderr: '--seconds is "soon"; it is a number from 0 up\n',
    })
  })
})
