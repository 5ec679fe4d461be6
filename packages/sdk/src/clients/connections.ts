import { type BatchMemory, newBatchMemory } from '@secrets-cache/core/internal/aws'
import type { Address, SdkClient, Service, ServicePackage } from './services.ts'

/** The way to one service in one Region: one client, made when it is first needed. */
export interface Connection {
  /** What makes it different from another: Region and endpoint, or the number of a client that was passed in. */
  readonly name: string
  readonly service: Address
  /** The client that was passed in, if one was. */
  readonly passed: SdkClient | undefined
  /** The service's package for its commands, and the client. Rejects with MissingClientError. */
  readonly open: () => Promise<OpenConnection>
  readonly batches: BatchMemory
}

export interface OpenConnection {
  readonly commands: ServicePackage['commands']
  readonly client: SdkClient
}

/** Clients made here, by service and place: sources that ask the same endpoint share its sockets. */
const shared = new Map<string, Connection>()
const passedIn = new WeakMap<SdkClient, Connection>()
let passedInCount = 0

/** More than AWS has Regions: ARNs known only at run time may name any number of them, and memory is bounded. */
const mostShared = 100

/** The connection of a client that was passed in. */
export function connectionOf(service: Service, client: SdkClient): Connection {
  const known = passedIn.get(client)
  if (known) return known
  const connection = connect(service, `client ${++passedInCount}`, client, undefined)
  passedIn.set(client, connection)
  return connection
}

/** The connection to the Region, or to the one that the variables name now, and to the endpoint that they name. */
export function connectionTo(service: Service, region: string | undefined): Connection {
  const place = placeOf(service, region)
  const key = `${service.serviceId} in ${place}`
  // Another entry may have a client for what this one leaves out.
  const known = service.leftOut ? undefined : shared.get(key)
  if (known) return known
  const connection = connect(service, place, undefined, region)
  if (!service.leftOut && shared.size < mostShared) shared.set(key, connection)
  return connection
}

function connect(
  service: Service,
  name: string,
  passed: SdkClient | undefined,
  region: string | undefined,
): Connection {
  let client = passed
  return {
    name,
    service,
    passed,
    batches: newBatchMemory(),
    async open() {
      const { commands, createClient } = await service.load()
      client ??= createClient(region)
      return { commands, client }
    },
  }
}

/** Only what the SDK itself reads: AWS_DEFAULT_REGION is not. */
function placeOf({ endpointVariable }: Address, region: string | undefined): string {
  const { AWS_ENDPOINT_URL, AWS_REGION, [endpointVariable]: own } = process.env
  return [region || AWS_REGION, own || AWS_ENDPOINT_URL].filter(Boolean).join(' ')
}
