import type { NodePath } from '@babel/traverse'
import type { ObjectProperty } from '@babel/types'
import { insertProperties, removeEntries } from '../source/object-edits.ts'
import type { Source } from '../source/source.ts'
import { bare, staticBoolean, staticNumber } from '../source/static-values.ts'
import type { Declared } from './format-of.ts'
import type { Site } from './site.ts'

const ours = '@secrets-cache/middy'
const day = 86_400

/** Makes the options of a middleware ours, in place. */
export function rewriteOptions(source: Source, site: Site, declared: readonly Declared[]): void {
  const { kind, view, call, used, options, fetchData, properties } = site
  const maker = source.imports.use(ours, kind === 'ssm' ? 'parametersCache' : 'secretsCache')
  source.replace(Number(used.path.node.start), Number(used.path.node.end), maker)
  const typeArguments = call.get('typeArguments') as NodePath
  if (typeArguments.node) source.replace(Number(typeArguments.node.start), Number(typeArguments.node.end), '')

  const added = [`source: ${sourceOf(source, site)}`]
  rewriteAge(source, site, added)
  insertProperties(source, options, added)
  if (fetchData.node.shorthand) source.insertBefore(Number(fetchData.node.start), `${view}: `)
  else source.replace(Number(fetchData.node.key.start), Number(fetchData.node.key.end), view)
  for (const each of declared) rewriteKey(source, each)

  const prefetch = properties.get('disablePrefetch')
  if (prefetch) rewritePrefetch(source, prefetch)
  const isPrefetched = prefetch && staticBoolean(prefetch.get('value') as NodePath) === false
  const kept = ['fetchData', 'cacheExpiry', ...(isPrefetched ? [] : ['disablePrefetch'])]
  const removed = [...properties].filter(([name]) => !kept.includes(name))
  removeEntries(
    source,
    removed.map(([, property]) => property),
  )
  for (const [name] of removed) if (gone[name] !== undefined) source.notes.add(gone[name])
  const rotation = properties.get('fetchRotationDate')
  if (rotation && staticBoolean(rotation.get('value') as NodePath) !== false) {
    source.todo(
      call,
      'fetchRotationDate is gone: a newer value comes after maxAge, or at once with retryOnRotation().',
    )
  }
}

const gone: Readonly<Record<string, string>> = {
  cacheKey: 'cacheKey: no such option, because values are kept by what is fetched.',
  awsRequestLimit: 'awsRequestLimit: no such option; a call has at most 10 parameters.',
}

function rewriteKey(source: Source, { key, format, type }: Declared): void {
  const { property, id, name, isPath } = key
  const { node } = property
  const given = node.key.type === 'Identifier' ? node.key.name : ''
  if (!node.shorthand && given !== name) source.replace(Number(node.key.start), Number(node.key.end), name)
  const value = node.value
  const prefix = node.shorthand ? `${name}: ` : ''
  if (format === 'text') {
    if (value !== id.node) unwrap(source, key)
    return
  }
  const maker = source.imports.use(ours, format)
  if (type !== undefined) source.types.written.push(type)
  const options = isPath ? ', { recursive: true })' : ')'
  if (value === id.node)
    source.insertBefore(Number(value.start), `${prefix}${maker}${type === undefined ? '' : `<${type}>`}(`)
  else
    source.replace(
      Number(value.start),
      Number(id.node.start),
      `${maker}${type === undefined ? '' : `<${type}>`}(`,
    )
  if (value === id.node) source.insert(Number(value.end), options)
  else source.replace(Number(id.node.end), Number(value.end), options)
}

/** `ssmParam<string>('/name')` becomes `'/name'`. */
function unwrap(source: Source, { property, id }: Declared['key']): void {
  const { value } = property.node
  source.replace(Number(value.start), Number(id.node.start), '')
  source.replace(Number(id.node.end), Number(value.end), '')
}

/** `cacheExpiry` in milliseconds becomes `maxAge` in seconds. */
function rewriteAge(source: Source, { call, properties, kind }: Site, added: string[]): void {
  const property = properties.get('cacheExpiry')
  const rotation = properties.has('fetchRotationDate')
  const given = property && (property.get('value') as NodePath)
  const milliseconds = given && staticNumber(given)
  const middleware = kind === 'ssm' ? '@middy/ssm' : '@middy/secrets-manager'
  if (!property || !given) {
    if (rotation) return
    added.push('maxAge: Number.POSITIVE_INFINITY')
    source.todo(
      call,
      `${middleware} keeps values for ever unless told otherwise, and so does this; maxAge: 300 would follow changes.`,
    )
    return
  }
  const write = (maxAge: string) =>
    source.replace(Number(property.node.start), Number(property.node.end), `maxAge: ${maxAge}`)
  if (milliseconds === undefined) {
    const inner = bare(given.node)
    const isSimple =
      inner.type === 'Identifier' || inner.type === 'MemberExpression' || inner.type === 'CallExpression'
    write(`${isSimple ? source.textOf(given.node) : `(${source.textOf(given.node)})`} / 1_000`)
    source.todo(
      property,
      'maxAge is in seconds, at most a day; for ever, which was -1, is Number.POSITIVE_INFINITY.',
    )
  } else if (milliseconds < 0) write('Number.POSITIVE_INFINITY')
  else if (milliseconds > day * 1_000) {
    write(String(day))
    source.todo(
      property,
      `cacheExpiry was ${milliseconds}, which Middy takes for a point in time; a day is the most here, or Number.POSITIVE_INFINITY.`,
    )
  } else write(inSeconds(source.textOf(given.node), milliseconds))
}

/** `5 * 60 * 1000` is `5 * 60` seconds. */
function inSeconds(text: string, milliseconds: number): string {
  const [, factor] = /^([\d_ *]*\d)\s*\*\s*1_?000$/.exec(text) ?? []
  return factor ?? String(milliseconds / 1_000)
}

function rewritePrefetch(source: Source, property: NodePath<ObjectProperty>): void {
  const value = property.get('value') as NodePath
  const isDisabled = staticBoolean(value)
  if (isDisabled === false) return
  const text = isDisabled ? 'false' : `!(${source.textOf(value.node)})`
  source.replace(Number(property.node.start), Number(property.node.end), `prefetch: ${text}`)
}

const clients = {
  ssm: { module: '@aws-sdk/client-ssm', client: 'SSMClient', option: 'ssm' },
  secretsManager: {
    module: '@aws-sdk/client-secrets-manager',
    client: 'SecretsManagerClient',
    option: 'secretsManager',
  },
} as const

/** The SDK stays the source, with the client that was configured. */
function sourceOf(source: Source, { kind, properties }: Site): string {
  const sdk = source.imports.use('@secrets-cache/sdk', 'sdk')
  const value = (name: string) => properties.get(name)?.node.value
  const [AwsClient, options, capture] = ['AwsClient', 'awsClientOptions', 'awsClientCapture'].map(value)
  const { module, client, option } = clients[kind]
  const isDefault = AwsClient?.type === 'Identifier' && AwsClient.name === client
  const isLate = isPrefetchOff(properties)
  if (capture && !isLate)
    source.notes.add('awsClientCapture: Middy does not apply it while it fetches at INIT, so it is left out.')
  const isCaptured = capture !== undefined && isLate
  if ((!AwsClient || isDefault) && !options && !isCaptured) return `${sdk}()`
  const maker = AwsClient ? source.textOf(AwsClient) : source.imports.use(module, client)
  const made = `new ${maker}(${options ? source.textOf(options) : '{}'})`
  return `${sdk}({ ${option}: ${isCaptured ? `${source.textOf(capture)}(${made})` : made} })`
}

function isPrefetchOff(properties: Site['properties']): boolean {
  const property = properties.get('disablePrefetch')
  return property !== undefined && staticBoolean(property.get('value') as NodePath) === true
}
