// Not part of the public API: what a role must allow for what is declared. An entry of its own, for tools and
// infrastructure code: no handler loads it.
export { type ArnPlace, parameterArn, secretArn, treeArns } from './arn.ts'
export { isFromAws, isThroughLayer, mayBatch, sourcesIn } from './sources.ts'
export { type PermissionOptions, type Statement, statementsFor } from './statements.ts'
