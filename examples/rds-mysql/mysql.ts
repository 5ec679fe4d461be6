// A database for the test and for `npm start`: mysql2's server side, with one user whose password can be changed.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createConnection } from 'mysql2'

interface Login {
  readonly user: string
  readonly database: string
  readonly authPluginData1: Buffer
  readonly authPluginData2: Buffer
  readonly authToken: Buffer
}

const handshake = { protocolVersion: 10, serverVersion: '8.4.0', connectionId: 1, statusFlags: 2 }
const column = { catalog: 'def', schema: '', table: '', orgTable: '', name: 'name', orgName: 'name' }
const text = { characterSet: 33, columnLength: 256, columnType: 253, flags: 0, decimals: 0 }

export async function startMysql(first: { user: string; password: string }) {
  let { password } = first
  const logins = { accepted: 0, refused: 0 }
  const sockets = new Set<Socket>()

  const server = createServer({ noDelay: true }, (stream) => {
    sockets.add(stream.once('close', () => sockets.delete(stream)))
    const connection = createConnection({ stream, isServer: true })
    let database = ''
    connection.on('error', () => {})
    connection.serverHandshake({
      ...handshake,
      characterSet: 8,
      capabilityFlags: 0xffffff,
      authCallback(login: Login, done: (error: null, refusal?: { code: number; message: string }) => void) {
        database = login.database
        const isAccepted = login.user === first.user && tokenOf(password, login).equals(login.authToken)
        logins[isAccepted ? 'accepted' : 'refused']++
        done(null, isAccepted ? undefined : { code: 1045, message: `Access denied for user '${login.user}'` })
        connection.sequenceId = 0
      },
    })
    connection.on('query', () => {
      // MySQL numbers the packets of each command from 0; the query was packet 0.
      connection.sequenceId = 1
      connection.writeTextResult([{ name: database }], [{ ...column, ...text }])
      connection.sequenceId = 0
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  /** Ends every connection, as a failover or a timeout does; resolves once all of them are closed. */
  async function disconnectAll(): Promise<void> {
    await Promise.all([...sockets].map((socket) => once(socket.end(), 'close')))
  }

  const { port } = server.address() as AddressInfo
  return {
    logins,
    /** The database's secret as RDS writes it. */
    secret: (stored: string) => ({
      engine: 'mysql',
      host: '127.0.0.1',
      port,
      username: first.user,
      password: stored,
      dbname: 'devDB',
    }),
    setPassword(next: string) {
      password = next
    },
    disconnectAll,
    async [Symbol.asyncDispose]() {
      server.close()
      await disconnectAll()
    },
  }
}

const sha1 = (...parts: readonly (string | Buffer)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha1')).digest()

/** What a client sends that knows the password: mysql_native_password. */
function tokenOf(password: string, { authPluginData1, authPluginData2 }: Login): Buffer {
  const hashed = sha1(password)
  const mask = sha1(authPluginData1.subarray(0, 8), authPluginData2.subarray(0, 12), sha1(hashed))
  return Buffer.from(hashed.map((byte, index) => byte ^ (mask[index] as number)))
}
