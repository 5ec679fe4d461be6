// Not part of the public API: what the sources that ask AWS itself share, whichever way they send their requests.
// An entry of its own, so that whoever asks the extension loads none of it.
export type {
  AwsAction,
  AwsCall,
  AwsInputs,
  AwsRequest,
  AwsResult,
  AwsService,
  AwsSession,
  BatchMemory,
} from './aws-call.ts'
export { iamAction, newBatchMemory } from './aws-call.ts'
export { type AwsFailure, describe, failureOfAws } from './failure.ts'
export { fetchFromAws, type SessionFor } from './fetch-from-aws.ts'
export { failureOfNetwork, type NetworkFailure, openTheNetwork } from './network-failure.ts'
export { regionToAsk } from './region.ts'
