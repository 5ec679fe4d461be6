/** The part that is used of a file for which undici has no types. */
declare module 'undici/lib/dispatcher/client.js' {
  import type { Socket } from 'node:net'
  import type { Dispatcher } from './dispatcher.ts'

  interface ClientOptions {
    connect: (
      target: { hostname: string; port: string },
      callback: (error: Error | null, socket?: Socket) => void,
    ) => void
  }

  export default class Client implements Dispatcher {
    constructor(origin: string, options: ClientOptions)
    dispatch: Dispatcher['dispatch']
    destroy(): Promise<void>
  }
}
