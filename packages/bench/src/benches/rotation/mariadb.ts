import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise'
import { UnavailableError } from '../../bench.ts'

const run = promisify(execFile)

export const user = 'myadmin'
export const databaseName = 'devDB'

/** A MariaDB of its own, with one user, whose password can be changed. */
export interface Mariadb extends AsyncDisposable {
  readonly version: string
  readonly port: number
  readonly setPassword: (password: string) => Promise<void>
  /** Ends every connection of the user, as a failover or a time-out does. */
  readonly disconnect: () => Promise<void>
  /** A counter of `SHOW GLOBAL STATUS`. */
  readonly status: (name: string) => Promise<number>
}

/** @throws UnavailableError where MariaDB neither is installed nor can be had from Debian's packages */
export async function startMariadb(password: string): Promise<Mariadb> {
  const server = await startServer(await findMariadb())
  const { administrator, port } = server
  await administrator.query(`CREATE DATABASE ${databaseName}`)
  await administrator.query(`CREATE USER ${user}@'127.0.0.1' IDENTIFIED BY '${password}'`)
  await administrator.query(`GRANT ALL ON ${databaseName}.* TO ${user}@'127.0.0.1'`)
  const readValue = async (query: string) => {
    const [[row]] = await administrator.query<RowDataPacket[]>(query)
    return row?.['Value'] as string
  }
  return {
    port,
    version: await readValue('SELECT VERSION() AS Value'),
    setPassword: async (next) => {
      await administrator.query(`ALTER USER ${user}@'127.0.0.1' IDENTIFIED BY '${next}'`)
    },
    disconnect: async () => {
      await administrator.query(`KILL USER ${user}`)
    },
    status: async (name) => Number(await readValue(`SHOW GLOBAL STATUS LIKE '${name}'`)),
    [Symbol.asyncDispose]: server.end,
  }
}

const packages = [
  'mariadb-server-core',
  'mariadb-server',
  'mariadb-client-core',
  'mariadb-client',
  'mariadb-common',
  'libmariadb3',
  'libaio1',
  'libnuma1',
  'liburing2',
]

/** Where MariaDB's files are: the system's own, or Debian's packages unpacked once into a folder, which needs no root. */
async function findMariadb(): Promise<string> {
  if (existsSync('/usr/sbin/mariadbd')) return '/'
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'secrets-cache-mariadb')
  const root = `${folder}/root`
  if (existsSync(`${root}/usr/sbin/mariadbd`)) return root
  await mkdir(folder, { recursive: true })
  try {
    await run('apt-get', ['download', ...packages], { cwd: folder })
  } catch (cause) {
    throw new UnavailableError('there is no MariaDB here, and apt-get cannot download it', { cause })
  }
  const archives = (await readdir(folder)).filter((name) => name.endsWith('.deb'))
  for (const archive of archives) await run('dpkg-deb', ['-x', archive, root], { cwd: folder })
  return root
}

/** A server in a new folder, and an administrator's connection to it. */
async function startServer(root: string) {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-mariadb-'))
  const at = (path: string) => join(root, path)
  const options = {
    cwd: folder,
    env: { ...process.env, LD_LIBRARY_PATH: at('usr/lib/x86_64-linux-gnu') },
  }
  const socket = join(folder, 'socket')
  // MariaDB runs as root, as in a container, only where it is told to.
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : []
  const shared = ['--no-defaults', `--datadir=${join(folder, 'data')}`, ...asRoot]
  const install = [`--basedir=${at('usr')}`, '--auth-root-authentication-method=normal', '--skip-test-db']
  await run(at('usr/bin/mariadb-install-db'), [...shared, ...install], options)
  const port = await freePort()
  const server = spawn(
    at('usr/sbin/mariadbd'),
    [
      ...shared,
      `--socket=${socket}`,
      `--lc-messages-dir=${at('usr/share/mysql')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--skip-name-resolve',
      `--pid-file=${join(folder, 'pid')}`,
    ],
    { ...options, stdio: 'ignore' },
  )
  const ended = once(server, 'exit')
  const administrator = await connected(socket, server)
  return {
    port,
    administrator,
    async end() {
      await administrator.end().catch(() => {})
      server.kill()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function connected(socketPath: string, server: { exitCode: number | null }): Promise<Connection> {
  for (let attempt = 0; attempt < 200 && server.exitCode === null; attempt++) {
    try {
      return await createConnection({ socketPath, user: 'root' })
    } catch {
      await sleep(50)
    }
  }
  throw new UnavailableError('mariadbd did not start')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return address.port
}
