import { homedir } from 'node:os'
import { join } from 'node:path'
import { installMariadb, startMariadb, startMysql } from '../../mysql/index.ts'

/** A database with one user, whose password can be changed. */
export interface Database extends AsyncDisposable {
  readonly name: string
  readonly port: number
  readonly setPassword: (password: string) => Promise<void>
}

export const user = 'myadmin'
export const databaseName = 'devDB'

/** A real MariaDB where there is one or Debian's packages can be had, else mysql2's own server. */
export async function startDatabase(password: string): Promise<Database> {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  try {
    return await startReal(await installMariadb(join(cache, 'secrets-cache-mariadb')), password)
  } catch {
    const server = await startMysql({ user, password })
    return {
      name: 'mysql2’s server (there is no MariaDB here)',
      port: server.port,
      setPassword: async (next) => server.setPassword(next),
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    }
  }
}

async function startReal(root: string, password: string): Promise<Database> {
  const mariadb = await startMariadb(root)
  const { administrator } = mariadb
  await administrator.query(`CREATE DATABASE ${databaseName}`)
  await administrator.query(`CREATE USER ${user}@'127.0.0.1' IDENTIFIED BY '${password}'`)
  await administrator.query(`GRANT ALL ON ${databaseName}.* TO ${user}@'127.0.0.1'`)
  return {
    name: 'MariaDB',
    port: mariadb.port,
    setPassword: async (next) => {
      await administrator.query(`ALTER USER ${user}@'127.0.0.1' IDENTIFIED BY '${next}'`)
    },
    [Symbol.asyncDispose]: () => mariadb[Symbol.asyncDispose](),
  }
}
