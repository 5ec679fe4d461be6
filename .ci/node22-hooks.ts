// What node22.mjs registers: files that Node 22 cannot parse are lowered when they are loaded.
import { readFile } from 'node:fs/promises'
import type { LoadHook } from 'node:module'
import { fileURLToPath } from 'node:url'
import { lowerUsing } from './lower-using.ts'

export const load: LoadHook = async (url, context, next) => {
  const isTypeScript = url.startsWith('file:') && /\.m?ts$/.test(new URL(url).pathname)
  if (!isTypeScript) return next(url, context)
  const file = fileURLToPath(url)
  const source = await readFile(file, 'utf8')
  const lowered = lowerUsing(source, file)
  return lowered === source ? next(url, context) : { format: 'module', source: lowered, shortCircuit: true }
}
