import middy from '@middy/core'
import {
  derive,
  extension,
  firstOf,
  isMysqlAuthError,
  json,
  retryOnRotation,
  secretsCache,
} from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'
import type { RowDataPacket } from 'mysql2/promise'
import { type Credentials, closePool, openPool } from './pool.ts'

const { ENV = '', APP_CONFIG_PATH = '', CREDS_PATH = '', MAX_AGE = '300' } = process.env

export const declared = {
  secrets: { db: json<Credentials>(CREDS_PATH) },
  parameters: { config: `/${ENV}/${APP_CONFIG_PATH}` },
}

export const handler = middy()
  // The layer answers; what it cannot do, a value newer than its cache after a rotation, goes to the SDK,
  // which is loaded only then: hence more time than the usual two seconds.
  .use(
    secretsCache({
      ...declared,
      source: firstOf(extension(), sdk()),
      timeoutMilliseconds: 5_000,
      maxAge: Number(MAX_AGE),
    }),
  )
  .handler(async (_event, { secrets, parameters, getRemainingTimeInMillis: remainingMilliseconds }) => {
    const query = async (_db: Credentials, current: typeof secrets) => {
      const pool = derive(current, 'db', openPool, { dispose: closePool })
      const [[row]] = await pool.query<RowDataPacket[]>('SELECT DATABASE() AS name')
      return row?.['name'] as string
    }
    const name = await retryOnRotation(secrets, 'db', query, {
      when: isMysqlAuthError,
      remainingMilliseconds,
    })
    return `DemoApp successfully loaded config ${parameters.config} and connected to RDS database ${name}!`
  })
