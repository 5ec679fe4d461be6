import type { Reference } from '../declare/reference.ts'
import type { SecretsCacheError } from '../errors/index.ts'
import type { Fields } from '../shared/fields.ts'

/** What each action is asked with, in AWS's own names. */
export interface AwsInputs {
  readonly GetSecretValue: {
    readonly SecretId: string
    readonly VersionId: string | undefined
    readonly VersionStage: string | undefined
  }
  readonly BatchGetSecretValue: { readonly SecretIdList: string[] }
  readonly GetParameter: { readonly Name: string; readonly WithDecryption: boolean }
  readonly GetParameters: { readonly Names: string[]; readonly WithDecryption: boolean }
  readonly GetParametersByPath: {
    readonly Path: string
    readonly Recursive: boolean
    readonly WithDecryption: boolean
    readonly MaxResults: number
    readonly NextToken: string | undefined
  }
}

export type AwsAction = keyof AwsInputs

/** The two services, by the names that their IAM actions begin with. */
export type AwsService = 'secretsmanager' | 'ssm'

/** One request: its action and input, and the references that it is for. */
export interface AwsRequest<Action extends AwsAction = AwsAction> {
  readonly service: AwsService
  readonly action: Action
  readonly input: AwsInputs[Action]
  readonly references: readonly Reference[]
}

/** What AWS answered, unchecked; or why there is no answer. */
export type AwsResult =
  | { readonly ok: true; readonly output: Fields }
  | { readonly ok: false; readonly error: SecretsCacheError }

/** Sends one request. Never rejects, and settles when the time of the load is over. */
export type AwsCall = <Action extends AwsAction>(request: AwsRequest<Action>) => Promise<AwsResult>

/** What has been learned about the batch action of a service, for as long as its client lives. */
export interface BatchMemory {
  /** Whether AWS refused the action itself. */
  isRefused: boolean
  /** Whether a batch has ever been answered. */
  hasWorked: boolean
  /** How often the action was tried with one of several denied names. */
  probes: number
}

export function newBatchMemory(): BatchMemory {
  return { isRefused: false, hasWorked: false, probes: 0 }
}

/** One service in one Region, during one fetch. */
export interface AwsSession {
  readonly call: AwsCall
  readonly batches: BatchMemory
  /** Emits a `degraded` event. */
  readonly degraded: (reason: string) => void
}

/** The IAM action that a request needs. */
export function iamAction({ service, action }: Pick<AwsRequest, 'service' | 'action'>): string {
  return `${service}:${action}`
}
