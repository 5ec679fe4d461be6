import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from '@jest/globals'

const script = fileURLToPath(new URL('./scripts/frozen.ts', import.meta.url))
const closing: (() => void)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** A reading process, and the request it has made. */
async function reading() {
  const server = createServer().listen(0, '127.0.0.1')
  closing.push(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const child = spawn(process.execPath, [
    '--conditions=@secrets-cache/source',
    script,
    `http://127.0.0.1:${port}`,
  ])
  closing.push(() => child.kill('SIGKILL'))
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const ended = once(child, 'exit')
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse]
  const result = async () => {
    const [status] = await ended
    expect({ status, errors }).toEqual({ status: 0, errors: '' })
    return JSON.parse(output) as { result: string; milliseconds: number }
  }
  return { child, response, result }
}

describe('a process frozen in the middle of a load', () => {
  it('takes the answer that came meanwhile, though every timer is overdue', async () => {
    const { child, response, result } = await reading()
    child.kill('SIGSTOP')
    response.end('value')
    await after(1_000)
    child.kill('SIGCONT')
    expect((await result()).result).toBe('value')
  }, 20_000)

  it('gives up soon after it thaws where no answer came', async () => {
    const { child, result } = await reading()
    child.kill('SIGSTOP')
    await after(1_000)
    child.kill('SIGCONT')
    expect((await result()).result).toBe('TIMEOUT')
  }, 20_000)
})
