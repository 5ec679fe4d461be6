import { deepStrictEqual } from 'node:assert'
import { Console } from 'node:console'
import { stringify as asQuery } from 'node:querystring'
import { Writable } from 'node:stream'
import { format, inspect } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import { loggers } from './loggers.ts'
import type { Sink } from './sink.ts'
import { walk } from './walk.ts'

const deep = { depth: 9, showHidden: true, maxArrayLength: null, maxStringLength: null } as const

export const sinks: readonly Sink[] = [
  { name: 'console.log', write: (thing) => onConsole((console) => console.log(thing)) },
  { name: 'console.dir', write: (thing) => onConsole((console) => console.dir(thing, { depth: 9 })) },
  { name: 'console.table', write: (thing) => onConsole((console) => console.table(thing)) },
  {
    name: 'console.error with text',
    write: (thing) => onConsole((console) => console.error('x: %o', thing)),
  },
  { name: 'inspect, deep', write: (thing) => inspect(thing, deep) },
  { name: 'inspect, getters', write: (thing) => inspect(thing, { ...deep, getters: true }) },
  { name: 'inspect, no custom', write: (thing) => inspect(thing, { ...deep, customInspect: false }) },
  { name: 'format %s %j %O', write: (thing) => format('%s %j %O', thing, thing, thing) },
  { name: 'String()', write: (thing) => String(thing) },
  { name: 'template string', write: (thing) => `${thing}` },
  { name: 'JSON.stringify', write: (thing) => JSON.stringify(thing) ?? '' },
  { name: 'JSON of a wrapper', write: (thing) => JSON.stringify({ thing, list: [thing] }) },
  { name: 'spread', write: (thing) => inspect({ ...(thing as object) }, deep) },
  { name: 'Object.assign', write: (thing) => inspect(Object.assign({}, thing), deep) },
  { name: 'Object.entries', write: (thing) => inspect(Object.entries(thing as object), deep) },
  { name: 'for in', write: (thing) => inspect(enumerated(thing as object), deep) },
  { name: 'own property descriptors', write: (thing) => walk(thing) },
  { name: 'structuredClone', write: (thing) => inspect(structuredClone(thing), deep) },
  { name: 'v8.serialize', write: (thing) => serialize(thing).toString('latin1') },
  { name: 'v8.deserialize', write: (thing) => inspect(deserialize(serialize(thing)), deep) },
  { name: 'postMessage', write: posted },
  { name: 'query string', write: (thing) => asQuery(thing as Record<string, string>) },
  { name: 'error cause', write: (thing) => inspect(new Error('failed', { cause: thing }), deep) },
  { name: 'AggregateError', write: (thing) => inspect(new AggregateError([thing], 'failed'), deep) },
  { name: 'message and stack', write: (thing) => describeError(thing) },
  { name: 'assertion diff', write: (thing) => mustThrow(() => deepStrictEqual(thing, { nothing: 1 })) },
  ...loggers,
]

/** The one call known to show the values of a view: it calls the getters of the prototype. */
export const exoticSink: Sink = {
  name: 'inspect, no custom, getters',
  write: (thing) => inspect(thing, { ...deep, customInspect: false, getters: true }),
}

function onConsole(print: (console: Console) => void): string {
  let printed = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      printed += chunk
      done()
    },
  })
  print(new Console({ stdout: stream, stderr: stream }))
  return printed
}

function enumerated(thing: object): unknown[] {
  const found: unknown[] = []
  for (const name in thing) found.push(name, (thing as Record<string, unknown>)[name])
  return found
}

function posted(thing: unknown): string {
  const { port1, port2 } = new MessageChannel()
  try {
    port1.postMessage(thing)
    return inspect(receiveMessageOnPort(port2), deep)
  } finally {
    port1.close()
  }
}

/** An error as the runtime of Lambda reports it, with all of its causes. */
function describeError(thing: unknown): string {
  const lines: string[] = []
  for (let error = thing; error instanceof Error && lines.length < 99; error = error.cause) {
    lines.push(error.name, error.message, String(error.stack), JSON.stringify(error))
    for (const one of (error as { errors?: unknown[] }).errors ?? []) lines.push(describeError(one))
  }
  return lines.join('\n')
}

function mustThrow(check: () => void): string {
  try {
    check()
  } catch (error) {
    return inspect(error, deep)
  }
  return ''
}
