// Jest's transform on Node 22; on Node 24 Jest runs each file as it is, stripped of its types by Node.
import { stripTypeScriptTypes } from 'node:module'
import { lowerUsing } from './lower-using.ts'

export default {
  canInstrument: false,
  process: transform,
  processAsync: async (source: string, file: string) => transform(source, file),
}

function transform(source: string, file: string): { readonly code: string } {
  const lowered = lowerUsing(source, file)
  return { code: lowered === source ? stripTypeScriptTypes(source) : lowered }
}
