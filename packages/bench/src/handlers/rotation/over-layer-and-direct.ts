import { direct } from '@secrets-cache/direct'
import { extension, firstOf } from '@secrets-cache/middy'
import { retriedOver } from './retried.ts'

export const handler = retriedOver(firstOf(extension(), direct()))
