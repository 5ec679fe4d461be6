import type { Agent } from 'node:http'
import type { Semaphore } from '@secrets-cache/core/internal'
import { type AwsService, type BatchMemory, newBatchMemory } from '@secrets-cache/core/internal/aws'
import type { FindCredentials } from '../credentials/kept-credentials.ts'
import { type Endpoint, endpointOf, nameOfEndpoint } from '../endpoint/endpoint.ts'
import { type AwsClock, createAwsClock } from './aws-clock.ts'

/** What all requests of a source have in common. */
export interface Account {
  readonly environment: () => NodeJS.ProcessEnv
  /** The Region of the option. */
  readonly region: string | undefined
  readonly agent: Agent | undefined
  readonly findCredentials: FindCredentials
  readonly semaphore: Semaphore
}

/** One service in one Region. */
export interface Connection {
  readonly service: AwsService
  /** Read for each attempt. @throws ConfigurationError */
  readonly endpoint: () => Endpoint
  readonly clock: AwsClock
  readonly batches: BatchMemory
}

/** More than AWS has Regions: ARNs known only at run time may name any number of them, and memory is bounded. */
const mostKept = 100

/** Gives the connection to a service, in a Region that an ARN names or else in the own one; the same each time. */
export function createConnections({ region: own, environment }: Account) {
  const kept = new Map<string, Connection>()
  const clock = createAwsClock()
  return (service: AwsService, region = own): Connection => {
    const key = `${service} ${nameOfEndpoint(service, region, environment())}`
    const known = kept.get(key)
    if (known) return known
    const endpoint = () => endpointOf(service, region, environment())
    const connection = { service, endpoint, clock, batches: newBatchMemory() }
    if (kept.size < mostKept) kept.set(key, connection)
    return connection
  }
}
