// Writes whether undici is loaded: after the import, after a source is made, after its first fetch.
import { Module } from 'node:module'
import { setImmediate } from 'node:timers/promises'

const loaded = () =>
  Object.keys((Module as unknown as { _cache: object })._cache).some((path) => /undici/.test(path))

const { extension } = await import('@secrets-cache/extension')
const states = [loaded()]
const layer = extension({ port: Number(process.argv[2]) })
layer.warmUp?.()
// In Lambda it comes by itself, however many turns of the loop that takes.
if (process.env['AWS_LAMBDA_RUNTIME_API']) while (!loaded()) await setImmediate()
states.push(loaded())
const context = { signal: new AbortController().signal, fresh: false, onRetry: () => {}, emit: () => {} }
await Promise.all(await layer.fetch([{ kind: 'secret', id: 'a' }], context))
states.push(loaded())
console.log(JSON.stringify(states))
