import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Connection, createConnection } from 'mysql2/promise'

const run = promisify(execFile)

/** mariadbd is root only where root says so, as in a container. */
const user = process.getuid?.() === 0 ? ['--user=root'] : []

/** A MariaDB of its own in a new folder, with an administrator's connection to it. */
export async function startMariadb(root: string) {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-mariadb-'))
  const data = join(folder, 'data')
  const socket = join(folder, 'socket')
  const at = (path: string) => join(root, path)
  const env = { ...process.env, LD_LIBRARY_PATH: at('usr/lib/x86_64-linux-gnu') }
  const options = { env, cwd: folder }

  await run(
    at('usr/bin/mariadb-install-db'),
    [
      '--no-defaults',
      `--basedir=${at('usr')}`,
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...user,
    ],
    options,
  )
  const port = await freePort()
  const server = spawn(
    at('usr/sbin/mariadbd'),
    [
      '--no-defaults',
      `--basedir=${at('usr')}`,
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--lc-messages-dir=${at('usr/share/mysql')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--skip-name-resolve',
      `--pid-file=${join(folder, 'pid')}`,
      ...user,
    ],
    { ...options, stdio: 'ignore' },
  )
  const ended = once(server, 'exit')
  const administrator = await connected(socket, server)

  return {
    port,
    administrator,
    async [Symbol.asyncDispose]() {
      await administrator.end().catch(() => {})
      server.kill()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function connected(socketPath: string, server: { exitCode: number | null }): Promise<Connection> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (server.exitCode !== null) break
    try {
      return await createConnection({ socketPath, user: 'root' })
    } catch {
      await sleep(50)
    }
  }
  throw new Error('mariadbd did not start.')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return address.port
}
