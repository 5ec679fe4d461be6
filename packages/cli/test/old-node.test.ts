import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'

const old = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '22.9.0' })`
const flags = ['--conditions=@secrets-cache/source', '--disable-warning=ExperimentalWarning', '--import', old]

describe('a program of ours', () => {
  it.each([
    ['secrets-cache', '../src/cli.ts'],
    ['secrets-cache-local', '../../local/src/cli.ts'],
  ])(
    '%s says which Node it needs, where an older one runs it',
    async (name, file) => {
      const program = [...flags, fileURLToPath(new URL(file, import.meta.url)), '--version']
      const ended = await promisify(execFile)(process.execPath, program).catch((error: unknown) => error)
      const stderr = `${name} needs Node.js 22.19 or newer; this is ${process.version}.\n`
      expect(ended).toMatchObject({ code: 2, stdout: '', stderr })
    },
    60_000,
  )
})
