import { type Describable, describeDeclared } from '@secrets-cache/core'
import { isThroughLayer } from '@secrets-cache/core/internal/permissions'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { type AttachOptions, attachExtension } from './attach-extension.ts'
import { type GrantOptions, grantDeclared } from './grant-declared.ts'

export interface SecretsCacheOptions extends GrantOptions, AttachOptions {}

/**
 * What a function needs for what it declares: `grantDeclared`, and `attachExtension` where it reads through the layer.
 * @example secretsCacheFor(fn, { secrets, parameters }, { ttlSeconds: 60 })
 */
export function secretsCacheFor(
  fn: LambdaFunction,
  declared: Describable,
  { source, kmsKeys, ttlSeconds, port, logLevel }: SecretsCacheOptions = {},
): void {
  grantDeclared(fn, declared, { source, kmsKeys })
  const isLayerAsked = describeDeclared(declared).some((one) => isThroughLayer(one.source ?? source))
  if (isLayerAsked) attachExtension(fn, { ttlSeconds, port, logLevel })
}
