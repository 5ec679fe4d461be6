import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { createUserProject, type UserProject } from './helpers/user-project.ts'

// What docs/frozen-values.md says of each library, with a value that was read and a server that ends each connection.
jest.setTimeout(240_000)

let project: UserProject
let page: string
beforeAll(async () => {
  page = await readFile(new URL('../../../docs/frozen-values.md', import.meta.url), 'utf8')
  const named = ['mysql2', 'mariadb', 'typeorm', 'pg', 'mssql', 'snowflake-sdk'].map(
    (name) => `${name}@${new RegExp(`\\| ${name} ([\\d.]+)`).exec(page)?.[1]}`,
  )
  const [, knex, olderKnex] = /\| knex ([\d.]+), ([\d.]+)/.exec(page) ?? []
  project = await createUserProject([`knex@${knex}`, `older-knex@npm:knex@${olderKnex}`, ...named])
  await project.write('use.js', use)
})
afterAll(() => project.remove())

const use = `
import { createServer } from 'node:net'
import { createSecrets, json } from '@secrets-cache/core'
import { memorySource } from '@secrets-cache/core/testing'

const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
await new Promise((listening) => server.once('listening', listening))
const { port } = server.address()
const plain = { host: '127.0.0.1', port, user: 'u', password: 'p', database: 'd' }
const tls = { ca: 'x', minVersion: 'TLSv1.2' }
const stored = {
  plain, ssl: { ...plain, ssl: tls }, key: { ...plain, ssl: { ...tls, key: 'k' } },
  mssql: { server: '127.0.0.1', port, user: 'u', password: 'p', connectionTimeout: 1000, options: { trustServerCertificate: true } },
  snowflake: { account: 'a', username: 'u', password: 'p', accessUrl: 'http://127.0.0.1:' + port },
}
const { secrets } = await createSecrets({
  source: memorySource({ secrets: stored }),
  secrets: Object.fromEntries(Object.keys(stored).map((name) => [name, json(name)])),
}).read()

const withKnex = (name, client) => async (connection) => {
  const { default: knex } = await import(name)
  const made = knex({ client, connection })
  try { await made.raw('select 1') } finally { await made.destroy().catch(() => {}) }
}
const pg = async (config) => {
  const { default: { Client } } = await import('pg')
  const client = new Client(config)
  client.on('error', () => {})
  await client.connect()
}
const users = {
  'knex mysql2': ['plain', withKnex('knex', 'mysql2')],
  'knex pg': ['plain', withKnex('knex', 'pg')],
  'older knex mysql2': ['plain', withKnex('older-knex', 'mysql2')],
  mysql2: ['plain', async (config) => (await import('mysql2/promise')).createConnection(config)],
  'mysql2 ssl': ['ssl', async (config) => (await import('mysql2/promise')).createConnection(config)],
  mariadb: ['plain', async (config) => (await import('mariadb')).default.createConnection(config)],
  'mariadb ssl': ['ssl', async (config) => (await import('mariadb')).default.createConnection(config)],
  'typeorm ssl': ['ssl', async (config) => new (await import('typeorm')).DataSource({ type: 'mysql', ...config }).initialize()],
  pg: ['plain', pg], 'pg ssl': ['ssl', pg], 'pg key': ['key', pg],
  mssql: ['mssql', async (config) => new (await import('mssql')).default.ConnectionPool(config).connect()],
  'snowflake-sdk': ['snowflake', async (config) => {
    const { default: snowflake } = await import('snowflake-sdk')
    snowflake.configure({ logLevel: 'OFF' })
    snowflake.createConnection(config)
  }],
}
/** Whether it came as far as the network: the server ends every connection. */
const failsOn = async (connect, config) => {
  try { await connect(config) } catch (error) {
    const { message, cause } = error
    return /read.only|not extensible|redefine|Invalid accessUrl/.test(message + cause?.message)
  }
  return false
}
const failing = {}
for (const [name, [kind, connect]] of Object.entries(users)) {
  const value = secrets[kind]
  failing[name] = []
  for (const [how, config] of [['itself', value], ['spread', { ...value }], ['copy', structuredClone(value)]])
    if (await failsOn(connect, config)) failing[name].push(how)
}
process.stdout.write('\\nRESULT' + JSON.stringify(failing) + '\\n', () => process.exit())
`

describe('a library that is given a frozen value', () => {
  it('fails where docs/frozen-values.md says so, and never with a copy', async () => {
    const output = await project.node('--disable-warning=ExperimentalWarning', 'use.js')
    expect(JSON.parse(/RESULT(.*)/.exec(output)?.[1] ?? '')).toEqual({
      'knex mysql2': ['itself'],
      'knex pg': ['itself'],
      'older knex mysql2': ['itself'],
      mysql2: [],
      'mysql2 ssl': ['itself', 'spread'],
      mariadb: [],
      'mariadb ssl': ['itself', 'spread'],
      'typeorm ssl': ['itself', 'spread'],
      pg: [],
      'pg ssl': [],
      'pg key': ['itself', 'spread'],
      mssql: ['itself'],
      'snowflake-sdk': ['itself'],
    })
  })
})
