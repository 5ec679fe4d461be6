import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'

const source = fileURLToPath(new URL('../../src/index.ts', import.meta.url))
const local = new URL('../../../local/src/', import.meta.url)

/** Imports the package where something is missing that an older Node does not have; gives what it writes. */
async function importWithout(missing: string, file = source): Promise<string> {
  const script = `delete ${missing}; await import(${JSON.stringify(file)}); console.log('imported')`
  const given = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script]
  const options = { env: { ...process.env, NODE_OPTIONS: '' } }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, given, options).catch(
    (error: { stdout: string; stderr: string }) => error,
  )
  return stdout + stderr
}

describe('an import', () => {
  it('ends with one clear sentence where Node is too old', async () => {
    expect(await importWithout('Promise.withResolvers')).toContain(
      `Error: @secrets-cache needs Node.js 22.19 or newer, this is ${process.version}. On Lambda: the runtime nodejs22.x or nodejs24.x.`,
    )
  })

  it.each(['index.ts', 'testing.ts', 'jest.ts'])('of the stand-in, %s, does so too', async (name) => {
    expect(await importWithout('Promise.withResolvers', fileURLToPath(new URL(name, local)))).toContain(
      `Error: @secrets-cache/local needs Node.js 22.19 or newer, this is ${process.version}.`,
    )
  })

  it('works in this one', async () => {
    expect(await importWithout('Promise.nothing')).toBe('imported\n')
  })
})
