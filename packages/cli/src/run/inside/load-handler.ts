import { loadModule } from '../../modules/load-module.ts'
import type { Orders } from './orders.ts'

export type RawHandler = (event: unknown, context: object, callback?: Callback) => unknown
type Callback = (error: unknown, result?: unknown) => void

/** Loads the module of a function as Lambda's runtime does, by `require` or `import`, and returns its handler. */
export const loadHandler = async ({ file, exportName: name, task }: Orders): Promise<RawHandler> => {
  const loaded = await loadModule(file, task)
  const common = (loaded['default'] ?? {}) as Record<string, unknown>
  const handler = loaded[name] ?? common[name]
  if (typeof handler === 'function') return handler as RawHandler
  const names = Object.keys(loaded).filter((key) => key !== 'default' && key !== 'module.exports')
  const there = names.length === 0 ? 'it exports nothing by name' : `it exports ${names.join(', ')}`
  throw Object.assign(
    new Error(`${file} has no function "${name}": ${there}. Choose with --handler file.export.`),
    {
      name: 'Runtime.HandlerNotFound',
    },
  )
}

/** Calls a handler that returns its response as Lambda's Node.js runtimes do, including handlers with a callback. */
export const call = async (handler: RawHandler, event: unknown, context: object): Promise<unknown> => {
  if (handler.length < 3) return handler(event, context)
  return new Promise((resolve, reject) => {
    const given = handler(event, context, (error, result) =>
      error === undefined || error === null ? resolve(result) : reject(error),
    )
    if (given instanceof Promise) given.then(resolve, reject)
  })
}
