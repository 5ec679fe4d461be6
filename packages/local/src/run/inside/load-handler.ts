import { pathToFileURL } from 'node:url'

export type RawHandler = (event: unknown, context: object, callback?: Callback) => unknown
type Callback = (error: unknown, result?: unknown) => void

/** Imports a module, ES or CommonJS, and returns its handler. */
export const loadHandler = async (file: string, name: string): Promise<RawHandler> => {
  const loaded = (await import(pathToFileURL(file).href)) as Record<string, unknown>
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

/** Calls a handler as Lambda's Node.js runtimes do, including handlers with a callback. */
export const call = async (handler: RawHandler, event: unknown, context: object): Promise<unknown> => {
  if (handler.length < 3) return handler(event, context)
  return new Promise((resolve, reject) => {
    const given = handler(event, context, (error, result) =>
      error === undefined || error === null ? resolve(result) : reject(error),
    )
    if (given instanceof Promise) given.then(resolve, reject)
  })
}
