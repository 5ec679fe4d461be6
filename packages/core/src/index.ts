export * from './errors/index.ts'
export type { ParameterReference, Reference, SecretReference, TreeReference } from './reference.ts'
export type { FetchContext, Outcome, Outcomes, RawLeaf, RawValue, Source } from './source.ts'
