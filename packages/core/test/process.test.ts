import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'

const script = fileURLToPath(new URL('./scripts/wait-bare.ts', import.meta.url))

const outcomeOf = async (what: string) => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=@secrets-cache/source',
    script,
    what,
  ])
  return stdout.trim()
}

describe('a script that has nothing else to do', () => {
  it('lives to be told that its source did not answer', async () => {
    expect(await outcomeOf('silence')).toBe('TIMEOUT')
  })

  it('lives through the pause of a rotation', async () => {
    expect(await outcomeOf('rotation')).toBe('access denied')
  })
})
