/** The part that is used of aws4, which has no types of its own. */
declare module 'aws4' {
  interface Signable {
    readonly service: string
    readonly region: string
    readonly method: 'POST'
    readonly host: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    /** Headers that are sent and not signed, by their names in lower case. */
    readonly extraHeadersToIgnore: Readonly<Record<string, true>>
  }

  interface Keys {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string | undefined
  }

  const aws4: {
    /** Gives the request with an Authorization header. */
    readonly sign: (request: Signable, credentials: Keys) => { headers: Record<string, string> }
  }
  export default aws4
}
