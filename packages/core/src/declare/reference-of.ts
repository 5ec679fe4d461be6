import { ConfigurationError } from '../errors/index.ts'
import { checkOptions, checkValue, nameOf, orList, seconds } from '../shared/check.ts'
import { checkName, hasControlCharacter } from './check-name.ts'
import type { Declared, Format } from './declared.ts'
import type { Reference } from './reference.ts'
import type { ViewName } from './view-name.ts'

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

/** What to fetch for a declared reference, refused here where it can never be fetched. `key` is `secrets.db`. */
export function referenceOf(view: ViewName, key: string, declared: Declared<unknown>): Reference {
  const { format, id, options } = declared
  if (!formats[view].includes(format)) {
    throw refusal(key, id, `${format}() cannot be read from ${view}`, `There it is ${orList(formats[view])}.`)
  }
  checkName(view, key, id)
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
  // No stage means AWSCURRENT: both are one entry.
  const isCurrent = stage === undefined || (stage === 'AWSCURRENT' && versionId === undefined)
  return { kind: 'secret', id, ...(!isCurrent && { stage }), ...(versionId !== undefined && { versionId }) }
}

function parameterReference(key: string, id: string, options: Declared<unknown>['options']): Reference {
  const { decrypt = true } = options
  checkWord(key, id, 'label', options.label)
  checkFlag(key, id, 'decrypt', decrypt)
  if (options.version !== undefined && !isVersion(options.version)) {
    throw refusal(key, id, `version is ${nameOf(options.version)}`, 'Give a whole number from 1 up.')
  }
  const [name, selector] = splitSelector(id)
  checkParameterName(key, id, name)
  if (selector !== undefined && !/^[^:]+$/.test(selector)) {
    throw refusal(key, id, 'the name goes on after a colon', 'Give one version or label there, or none.')
  }
  if ([options.version, options.label, selector].filter((each) => each !== undefined).length > 1) {
    const where =
      selector === undefined
        ? 'both version and label are given'
        : 'the name already ends in a version or label'
    throw refusal(key, id, where, 'Give one of them.')
  }
  const isNumber = selector !== undefined && /^\d+$/.test(selector)
  const version = isNumber ? Number(selector) : options.version
  const label = selector === undefined || isNumber ? options.label : selector
  if (version !== undefined && !isVersion(version)) {
    throw refusal(key, id, 'the version at the end of the name is 0', 'Give a whole number from 1 up.')
  }
  return {
    kind: 'parameter',
    id: name,
    decrypt,
    ...(version !== undefined && { version }),
    ...(label !== undefined && { label }),
  }
}

/** Parameter Store has no such names; a secret that is read through it may have any. */
function checkParameterName(key: string, id: string, name: string): void {
  if (name.startsWith('/aws/reference/secretsmanager/')) return
  if (name.endsWith('/')) {
    throw refusal(key, id, 'the name ends in a slash', 'What is below a path is read by tree().')
  }
  if (name.includes('//')) throw refusal(key, id, twoSlashes('name'), 'Write "/prod/orders".')
}

const twoSlashes = (what: string) => `the ${what} has two slashes together`

const isVersion = (version: number) => Number.isSafeInteger(version) && version > 0

/**
 * `/flags/limit:3` is version 3 of `/flags/limit`, however it is written: one thing, told apart from the others. A name
 * has no colon, an ARN has five.
 */
function splitSelector(id: string): readonly [name: string, selector: string | undefined] {
  const parts = id.split(':')
  const length = id.startsWith('arn:') ? 6 : 1
  if (parts.length <= length) return [id, undefined]
  return [parts.slice(0, length).join(':'), parts.slice(length).join(':')]
}

function treeReference(key: string, id: string, options: Declared<unknown>['options']): Reference {
  const { recursive = false, decrypt = true } = options
  checkFlag(key, id, 'recursive', recursive)
  checkFlag(key, id, 'decrypt', decrypt)
  if (!id.startsWith('/')) throw refusal(key, id, 'the path has no leading slash', 'Write "/prod/orders".')
  const path = id.replace(/\/+$/, '') || '/'
  if (path.includes('//')) throw refusal(key, id, twoSlashes('path'), 'Write "/prod/orders".')
  if (/[*:]/.test(path)) throw refusal(key, id, 'the path holds a star or a colon', 'Write "/prod/orders".')
  return { kind: 'tree', id: path, recursive, decrypt }
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
