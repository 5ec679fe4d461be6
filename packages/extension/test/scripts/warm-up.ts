// Makes a source, waits until undici is loaded and some turns more, and then fetches so often. Writes how many requests
// undici's channels had told by then, and the last outcome. The option is one of `watched`, `traced`, and `waiting`: for the end
// of standard input, before it fetches.
import { subscribe } from 'node:diagnostics_channel'
import { Module } from 'node:module'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { extension } from '@secrets-cache/extension'

const [, , port, fetches, option, connections = 10] = process.argv
let told = 0
if (option === 'watched') subscribe('undici:request:create', () => told++)
if (option === 'traced') setFlagsFromString('--trace-wasm-compilation-times')

const source = extension({ port: Number(port), connections: Number(connections) })
source.warmUp?.()
const loaded = () =>
  Object.keys((Module as unknown as { _cache: object })._cache).some((path) => /undici/.test(path))
for (let turn = 0; turn < 20; turn++) {
  while (process.env['AWS_LAMBDA_FUNCTION_NAME'] && !loaded()) await setImmediate()
  await setImmediate()
}
if (option === 'waiting') for await (const _ of process.stdin);
const toldBefore = told
let outcome: unknown
for (let fetched = 0; fetched < Number(fetches); fetched++) {
  const context = { signal: AbortSignal.timeout(20_000), fresh: false, onRetry: () => {}, emit: () => {} }
  const outcomes = await source.fetch([{ kind: 'secret', id: 'a' }], context)
  outcome = await outcomes[0]
}
console.log(JSON.stringify({ toldBefore, outcome }))
