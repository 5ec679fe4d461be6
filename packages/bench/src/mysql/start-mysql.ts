// A MySQL server of mysql2's own: one user, whose password can be changed, and one query.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import mysql from 'mysql2'

interface Login {
  readonly user: string
  readonly database: string
  readonly authPluginData1: Buffer
  readonly authPluginData2: Buffer
  readonly authToken: Buffer
}

export async function startMysql(first: { user: string; password: string }) {
  let { password } = first
  const logins = { accepted: 0, refused: 0 }
  const open = new Map<Socket, Promise<unknown>>()

  const isRight = ({ user, authPluginData1, authPluginData2, authToken }: Login) =>
    user === first.user && token(password, authPluginData1, authPluginData2).equals(authToken)

  // mysql2 does not declare the types of its server.
  // biome-ignore lint/suspicious/noExplicitAny: as said
  const server: any = (mysql as any).createServer()
  // biome-ignore lint/suspicious/noExplicitAny: as said
  server.on('connection', (connection: any) => {
    const stream = connection.stream as Socket
    stream.setNoDelay(true)
    open.set(
      stream,
      once(stream, 'close').then(() => open.delete(stream)),
    )
    connection.on('error', () => {})
    let database = ''
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '8.4.0',
      connectionId: 1,
      statusFlags: 2,
      characterSet: 8,
      capabilityFlags: 0xffffff,
      authCallback(login: Login, done: (_: null, refusal?: { code: number; message: string }) => void) {
        database = login.database
        const accepted = isRight(login)
        logins[accepted ? 'accepted' : 'refused']++
        done(null, accepted ? undefined : { code: 1045, message: `Access denied for user '${login.user}'` })
        connection.sequenceId = 0
      },
    })
    connection.on('query', () => {
      const column = { catalog: 'def', schema: '', table: '', orgTable: '', orgName: 'name' }
      const text = { characterSet: 33, columnLength: 256, columnType: 253, flags: 0, decimals: 0 }
      // Each command counts its packets anew, which this server leaves to its user.
      connection.sequenceId = 1
      connection.writeTextResult([{ name: database }], [{ ...column, name: 'name', ...text }])
      connection.sequenceId = 0
    })
  })
  server.listen(0, '127.0.0.1')
  const socket = server._server as Server
  await once(socket, 'listening')

  /** Resolves when the other side has noticed. */
  async function disconnectAll(): Promise<void> {
    for (const stream of open.keys()) stream.end()
    await Promise.all(open.values())
  }

  return {
    port: (socket.address() as AddressInfo).port,
    logins,
    setPassword(next: string) {
      password = next
    },
    /** Ends what is connected, as a failover or a timeout does. */
    disconnectAll,
    async [Symbol.asyncDispose]() {
      socket.close()
      await disconnectAll()
    },
  }
}

const sha1 = (...parts: readonly (string | Buffer)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha1')).digest()

/** What a client that knows the password sends (mysql_native_password). */
function token(password: string, seed1: Buffer, seed2: Buffer): Buffer {
  const once = sha1(password)
  const mask = sha1(seed1.subarray(0, 8), seed2.subarray(0, 12), sha1(once))
  return Buffer.from(once.map((byte, index) => byte ^ (mask[index] as number)))
}
