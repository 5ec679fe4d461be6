import { direct } from '@secrets-cache/direct'
import { retriedOver } from './retried.ts'

export const handler = retriedOver(direct())
