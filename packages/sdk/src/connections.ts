import type { Address, SdkClient, Service } from './clients.ts'

/** The way to one service: one client, loaded when it is first needed. */
export interface Connection<Module> {
  /** What makes it different from another: Region and endpoint, or the number of a client that was passed in. */
  readonly name: string
  /** The package for its commands, and the client. Rejects with MissingClientError. */
  readonly open: () => Promise<{ readonly module: Module; readonly client: SdkClient }>
  /** Whether AWS refused its batch action: remembered as long as the client. */
  isBatchRefused: boolean
}

/** Clients made here, by service and name: sources that ask the same endpoint share its sockets. */
const shared = new Map<string, Connection<unknown>>()
const passedIn = new WeakMap<SdkClient, Connection<unknown>>()
let passedInCount = 0

/** The connection of a client that was passed in, else of the Region and endpoint that the variables name now. */
export function connectionTo<Module>(
  service: Service<Module>,
  client: SdkClient | undefined,
  region: string | undefined,
): Connection<Module> {
  const known = client ? passedIn.get(client) : shared.get(keyOf(service, region))
  if (known) return known as Connection<Module>

  const connection = connect(service, client, region)
  if (client) passedIn.set(client, connection)
  else shared.set(keyOf(service, region), connection)
  return connection
}

function connect<Module>(
  service: Service<Module>,
  passed: SdkClient | undefined,
  region: string | undefined,
): Connection<Module> {
  let made = passed
  return {
    name: passed ? `client ${++passedInCount}` : placeOf(service, region),
    isBatchRefused: false,
    async open() {
      const module = await service.load()
      made ??= service.createClient(module, region)
      return { module, client: made }
    },
  }
}

function keyOf(service: Address, region: string | undefined): string {
  return `${service.serviceId} in ${placeOf(service, region)}`
}

/** Only what the SDK itself reads: AWS_DEFAULT_REGION is not. */
function placeOf({ endpointVariable }: Address, region: string | undefined): string {
  const { AWS_ENDPOINT_URL, AWS_REGION, [endpointVariable]: own } = process.env
  return [region || AWS_REGION, own || AWS_ENDPOINT_URL].filter(Boolean).join(' ')
}
