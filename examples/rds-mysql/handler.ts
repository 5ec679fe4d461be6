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
  // The layer answers. After a rotation only the SDK can fetch a value that is newer than the layer's cache. The SDK
  // is loaded only then, which takes time: hence a longer timeout than the usual two seconds.
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
