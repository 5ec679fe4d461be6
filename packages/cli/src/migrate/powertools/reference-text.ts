import type { Source } from '../source/source.ts'
import type { Wanted } from './wanted.ts'

const ours = '@secrets-cache/core'
/** Powertools' default, in seconds. */
export const theirMaxAge = '5'

/** A reference as code, such as `json<Database>('prod/orders/db', { maxAge: 60 })`. `shared` is the reader's maxAge. */
export function referenceText(source: Source, wanted: Wanted, shared: string | undefined): string {
  const { name, format, type, options, isBase64 } = wanted
  const age = wanted.options.includes('maxAge: 0') ? undefined : (wanted.maxAge ?? theirMaxAge)
  const all = [...(age === undefined || age === shared ? [] : [`maxAge: ${age}`]), ...options]
  const text = source.textOf(name.node)
  if (format === 'text' && all.length === 0) return text
  const maker = source.imports.use(ours, format)
  const typed = format === 'json' && type !== undefined && !isBase64 ? `<${type}>` : ''
  return `${maker}${typed}(${[text, ...(all.length > 0 ? [`{ ${all.join(', ')} }`] : [])].join(', ')})`
}

/** What is done with the value, so that it is what Powertools gave. */
export function asBefore(source: Source, wanted: Wanted, value: string, isPromise: boolean): string {
  if (wanted.isBase64) {
    return isPromise
      ? `${value}.then((encoded) => Buffer.from(encoded, ${source.style.quote}base64${source.style.quote}).toString())`
      : `Buffer.from(${value}, ${source.style.quote}base64${source.style.quote}).toString()`
  }
  if (wanted.format === 'tree' && source.isTypeScript) {
    const record = `Record<string, ${wanted.type ?? 'string'}>`
    return `(${value} as ${isPromise ? `Promise<${record}>` : record})`
  }
  return value
}
