import { direct } from '@secrets-cache/direct'
import { overAws } from './over-aws.ts'

export const handler = overAws(direct())
