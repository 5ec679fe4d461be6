// Not part of the public API: what the other packages of this repository need, in the same version.
export { isSameAsked } from './read/asked.ts'
export { createReader, type Nothing } from './read/create-secrets.ts'
export { checkOptionValues, type OptionCheck } from './shared/check.ts'
export { isLeasing, leaseViews } from './view/lease.ts'
export { type ViewRecord, viewRecord } from './view/ticket.ts'
export { mergeViews } from './view/view.ts'
