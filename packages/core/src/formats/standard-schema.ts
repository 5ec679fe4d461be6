import type { StandardSchemaV1 } from '@standard-schema/spec'

/** Any validator that speaks Standard Schema: zod, valibot, arktype and others. */
export type Schema<Value> = StandardSchemaV1<unknown, Value>

export type SchemaResult<Value> = StandardSchemaV1.Result<Value>
