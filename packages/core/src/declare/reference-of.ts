import { ConfigurationError } from '../errors/index.ts'
import { checkOptions, checkValue, nameOf, orList, seconds } from '../shared/check.ts'
import type { Declared, Format } from './declare.ts'
import type { Reference } from './reference.ts'

/** The two views, and the services behind them. */
export type ViewName = 'secrets' | 'parameters'

const timeNames = ['maxAge', 'staleWhileRevalidate', 'staleIfError'] as const
const optionNames = {
  secrets: ['stage', 'versionId', 'fallback', ...timeNames],
  parameters: ['version', 'label', 'decrypt', 'fallback', ...timeNames],
  tree: ['recursive', 'decrypt', 'fallback', ...timeNames],
} as const
const formats: { readonly [View in ViewName]: readonly Format[] } = {
  secrets: ['text', 'json', 'binary'],
  parameters: ['text', 'json', 'list', 'tree'],
}

/** Secrets Manager allows 512 characters in a name, Parameter Store 2,048; an ARN adds its own. */
const longestId = 2_400

/** What to fetch for a declared reference, refused here where it can never be fetched. `key` is `secrets.db`. */
export function referenceOf(view: ViewName, key: string, declared: Declared<unknown>): Reference {
  const { format, id, options } = declared
  if (!formats[view].includes(format)) {
    throw refusal(key, id, `${format}() cannot be read from ${view}`, `There it is ${orList(formats[view])}.`)
  }
  checkId(key, id)
  checkOptions(key, options, optionNames[format === 'tree' ? 'tree' : view])
  for (const name of timeNames) {
    if (options[name] !== undefined) checkValue(`${key}: ${name}`, options[name], seconds)
  }
  if (format === 'tree') return treeReference(key, id, options)
  return view === 'secrets' ? secretReference(key, id, options) : parameterReference(key, id, options)
}

function secretReference(
  key: string,
  id: string,
  { stage, versionId }: Declared<unknown>['options'],
): Reference {
  checkWord(key, id, 'stage', stage)
  checkWord(key, id, 'versionId', versionId)
  // AWSCURRENT is what no stage means: one entry for both ways to say it.
  const isCurrent = stage === undefined || (stage === 'AWSCURRENT' && versionId === undefined)
  return { kind: 'secret', id, ...(!isCurrent && { stage }), ...(versionId !== undefined && { versionId }) }
}

function parameterReference(key: string, id: string, options: Declared<unknown>['options']): Reference {
  const { version, label, decrypt = true } = options
  checkWord(key, id, 'label', label)
  checkFlag(key, id, 'decrypt', decrypt)
  if (version !== undefined && !(Number.isSafeInteger(version) && version > 0)) {
    throw refusal(key, id, `version is ${nameOf(version)}`, 'Give a whole number from 1 up.')
  }
  if (version !== undefined && label !== undefined) {
    throw refusal(key, id, 'both version and label are given', 'Give one of them.')
  }
  return {
    kind: 'parameter',
    id,
    decrypt,
    ...(version !== undefined && { version }),
    ...(label !== undefined && { label }),
  }
}

function treeReference(key: string, id: string, options: Declared<unknown>['options']): Reference {
  const { recursive = false, decrypt = true } = options
  checkFlag(key, id, 'recursive', recursive)
  checkFlag(key, id, 'decrypt', decrypt)
  if (!id.startsWith('/')) throw refusal(key, id, 'the path has no leading slash', 'Write "/prod/orders".')
  const path = id.length > 1 && id.endsWith('/') ? id.slice(0, -1) : id
  return { kind: 'tree', id: path, recursive, decrypt }
}

function checkId(key: string, id: unknown): void {
  const asWritten = typeof id === 'string' ? id : undefined
  const fault =
    typeof id !== 'string' || id === ''
      ? `the name is ${nameOf(id)}`
      : id.length > longestId
        ? `the name has ${id.length} characters, more than any name or ARN`
        : hasControlCharacter(id) || !id.isWellFormed()
          ? 'the name holds a control character or half a surrogate pair'
          : undefined
  if (fault) throw refusal(key, asWritten?.slice(0, 80), fault, 'Give the name or ARN as AWS shows it.')
}

function hasControlCharacter(id: string): boolean {
  return [...id].some((character) => character < ' ' || (character >= '\x7f' && character <= '\x9f'))
}

function checkWord(key: string, id: string, option: string, given: unknown): void {
  if (given === undefined) return
  const isWord =
    typeof given === 'string' && given !== '' && given.isWellFormed() && !hasControlCharacter(given)
  if (!isWord)
    throw refusal(key, id, `${option} is ${nameOf(given)}`, 'Give a printable text that is not empty.')
}

function checkFlag(key: string, id: string, option: string, given: unknown): void {
  if (typeof given !== 'boolean')
    throw refusal(key, id, `${option} is ${nameOf(given)}`, 'Give true or false.')
}

function refusal(key: string, id: string | undefined, reason: string, remedy: string): ConfigurationError {
  return new ConfigurationError({ key, id, reason, remedy })
}
