import { createPool, type Pool } from 'mysql2/promise'

/** A secret as RDS and its rotation function write it. */
export interface Credentials {
  readonly host: string
  readonly port: number
  readonly username: string
  readonly password: string
  readonly dbname: string
}

/** One connection: an execution environment runs one invocation at a time. */
export function openPool({ host, port, username, password, dbname }: Credentials): Pool {
  return createPool({
    host,
    port,
    user: username,
    password,
    database: dbname,
    connectionLimit: 1,
    connectTimeout: 5_000,
    // The certificates of RDS come from an authority of Amazon's, which mysql2 knows by this name.
    ...(host.endsWith('.rds.amazonaws.com') && { ssl: 'Amazon RDS' }),
  })
}

export const closePool = (pool: Pool): Promise<void> => pool.end()
