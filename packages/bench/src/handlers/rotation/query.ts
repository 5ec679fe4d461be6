import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise'

/** A secret as RDS and its rotation function write it. */
export interface Credentials {
  readonly host: string
  readonly port: number
  readonly username: string
  readonly password: string
  readonly dbname: string
}

/** The name of the one secret. */
export const secretName = 'bench/database'

export function openPool({ host, port, username, password, dbname }: Credentials): Pool {
  // One connection: an execution environment runs one invocation at a time.
  return createPool({ host, port, user: username, password, database: dbname, connectionLimit: 1 })
}

export async function queryPool(pool: Pool) {
  const [[row]] = await pool.query<RowDataPacket[]>('SELECT DATABASE() AS name')
  return { values: 1, characters: String(row?.['name']).length, at: performance.now() }
}

let pool: Pool | undefined
let password: string | undefined

/** What a careful handler does without a library: it keeps the pool until the password changes. */
export async function query(credentials: Credentials) {
  if (!pool || password !== credentials.password) {
    void pool?.end().catch(() => {})
    pool = openPool(credentials)
    password = credentials.password
  }
  return queryPool(pool)
}
