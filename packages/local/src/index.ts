export type { Kind, Values, Written } from './account/account.ts'
export type { ParameterInput, SecretInput } from './account/values.ts'
export type { Call, CallCounts } from './calls.ts'
export { describeCall } from './calls.ts'
export type { LocalClient, RemoteFaults } from './control/connect.ts'
export { connectLocal } from './control/connect.ts'
export type { Playing } from './faults/add.ts'
export type { FaultName, Faults } from './faults/faults.ts'
export type { ThrottleOptions } from './faults/in-aws.ts'
export type { FaultScope } from './faults/plan.ts'
export type { LocalRequest, LocalResponse } from './http.ts'
export type { LocalErrorCode } from './local-error.ts'
export { LocalError } from './local-error.ts'
export type { Flavour, LocalOptions } from './options.ts'
export type { Local } from './start.ts'
export { startLocal } from './start.ts'

// Not exported: the handlers, the account's stores and the settings. They are tested through the socket, as clients use
// them, and may change.
