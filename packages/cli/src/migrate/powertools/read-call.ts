import type { NodePath } from '@babel/traverse'
import type { CallExpression, Expression, ObjectExpression, ObjectProperty, TSType } from '@babel/types'
import { CannotMigrate } from '../source/cannot-migrate.ts'
import { objectAt, propertiesOf, propertyName } from '../source/objects.ts'
import type { Source } from '../source/source.ts'
import { staticBoolean, staticNumber, staticText } from '../source/static-values.ts'
import { usesOfValue } from './uses-of-value.ts'
import type { Asked, Wanted } from './wanted.ts'

/** What a call asks for: one secret, one parameter, those below a path, or several by name. */
export type Operation = 'getSecret' | 'getParameter' | 'getParameters' | 'getParametersByName'

const allowed: Readonly<Record<Operation, readonly string[]>> = {
  getSecret: ['maxAge', 'transform', 'forceFetch', 'throwOnMissing', 'sdkOptions'],
  getParameter: ['maxAge', 'transform', 'forceFetch', 'throwOnMissing', 'decrypt', 'sdkOptions'],
  getParameters: ['maxAge', 'forceFetch', 'decrypt', 'recursive'],
  getParametersByName: ['maxAge', 'transform', 'decrypt', 'throwOnError'],
}

const day = 86_400
const decryption =
  'a SecureString is decrypted here; Powertools gives it encrypted where neither decrypt nor POWERTOOLS_PARAMETERS_SSM_DECRYPT says otherwise.'

/** Reads a call. @throws {CannotMigrate} */
export function readCall(source: Source, call: NodePath<CallExpression>, operation: Operation): Asked {
  const [first, second] = call.get('arguments') as NodePath[]
  if (!first?.isExpression()) throw new CannotMigrate(call.node, `${operation} is called without a name`)
  const options = second && optionsOf(second)
  if (second) source.spend(second)
  if (operation !== 'getParametersByName') {
    return { call, isByName: false, wanted: [wantedOf(source, call, operation, first, options)] }
  }
  source.spend(first)
  const names = objectAt(first)
  if (!names) throw new CannotMigrate(first.node, 'the names are known only at run time')
  const shared = options ? propertiesOf(options) : new Map<string, NodePath<ObjectProperty>>()
  if (staticBoolean(value(shared, 'throwOnError')) === false)
    throw new CannotMigrate(
      call.node,
      'throwOnError: false has no counterpart: give each that may be missing a fallback',
    )
  const wanted = names.get('properties').map((property) => {
    if (!property.isObjectProperty())
      throw new CannotMigrate(property.node, 'a name is known only at run time')
    const own = objectAt(property.get('value') as NodePath)
    if (!own) throw new CannotMigrate(property.node, 'the options of a name are known only at run time')
    const key = property.get('key') as NodePath<Expression>
    if (!property.node.computed && propertyName(property.node) !== undefined && !key.isStringLiteral())
      throw new CannotMigrate(property.node, 'a name is not written as a text')
    return wantedOf(source, call, 'getParametersByName', key, own, shared)
  })
  return { call, isByName: true, wanted }
}

type Properties = ReadonlyMap<string, NodePath<ObjectProperty>>

function optionsOf(path: NodePath): NodePath<ObjectExpression> {
  const object = objectAt(path)
  if (!object) throw new CannotMigrate(path.node, 'its options are known only at run time')
  return object
}

/** An option, or a stand-in that is none. */
const value = (properties: Properties, name: string): NodePath =>
  (properties.get(name)?.get('value') ?? { node: { type: 'NullLiteral' } }) as NodePath

function wantedOf(
  source: Source,
  call: NodePath<CallExpression>,
  operation: Operation,
  name: NodePath<Expression>,
  own: NodePath<ObjectExpression> | undefined,
  shared: Properties = new Map(),
): Wanted {
  const properties = new Map([...shared, ...(own ? propertiesOf(own) : [])])
  for (const [each, { node }] of properties) {
    if (!allowed[operation].includes(each))
      throw new CannotMigrate(node, `${operation}: ${each} has no counterpart`)
  }
  const isSecret = operation === 'getSecret'
  const options: string[] = []
  const isForced = flag(properties, 'forceFetch')
  if (isForced) options.push('maxAge: 0', 'staleIfError: 0')
  readSdkOptions(source, properties, isSecret, options)
  readFlag(source, properties, 'decrypt', true, options)
  if (!isSecret && !properties.has('decrypt') && !properties.has('sdkOptions')) source.notes.add(decryption)
  readFlag(source, properties, 'recursive', false, options)
  const transform = properties.has('transform') ? transformOf(value(properties, 'transform')) : 'none'
  if (transform === undefined || !['none', 'json', 'binary'].includes(transform))
    throw new CannotMigrate(call.node, 'its transform is known only at run time, or tells by the name')
  const { casts, isBinary, isSplit, isTested } = usesOfValue(source, call)
  if (isTested)
    throw new CannotMigrate(
      call.node,
      'the code tells by the value whether it is text or bytes: declare text() or binary()',
    )
  const given = typeArgument(source, call)
  if (given !== undefined && given !== 'string' && transform === 'none' && operation !== 'getParameters')
    throw new CannotMigrate(call.node, `it is text, without a transform, and its type says ${given}`)
  const cast = casts.find((each) => !/^(any|unknown)$/.test(each))
  const isPlain = transform === 'none' && operation !== 'getParameters'
  const isList = isPlain && operation === 'getParameter' && isSplit
  return {
    view: isSecret ? 'secrets' : 'parameters',
    name,
    format:
      operation === 'getParameters'
        ? 'tree'
        : transform === 'json'
          ? 'json'
          : isBinary
            ? 'binary'
            : isList
              ? 'list'
              : 'text',
    type:
      transform === 'json' && source.isTypeScript && operation !== 'getParametersByName'
        ? (given ?? cast)
        : given,
    maxAge: isForced ? undefined : maxAgeOf(source, call, properties),
    options,
    isBase64: transform === 'binary',
    isDoubtful: !isSecret && isPlain && !isList,
  }
}

/** `'json'`, or `Transform.JSON` of Powertools. */
function transformOf(path: NodePath): string | undefined {
  const { node } = path
  const isConstant =
    node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 'Transform'
  if (!isConstant || node.property.type !== 'Identifier') return staticText(path)
  return path.scope.getBinding('Transform')?.kind === 'module' ? node.property.name.toLowerCase() : undefined
}

function typeArgument(source: Source, call: NodePath<CallExpression>): string | undefined {
  const given = call.get('typeArguments') as NodePath
  const type = given.isTSTypeParameterInstantiation()
    ? (given.get('params')[0] as NodePath<TSType>)
    : undefined
  return type && source.textOf(type.node)
}

function flag(properties: Properties, name: string): boolean {
  if (!properties.has(name)) return false
  const given = staticBoolean(value(properties, name))
  if (given === undefined)
    throw new CannotMigrate(value(properties, name).node, `${name} is known only at run time`)
  return given
}

/** An option with the same name here; it is left out where it is the default. */
function readFlag(
  source: Source,
  properties: Properties,
  name: string,
  byDefault: boolean,
  options: string[],
): void {
  if (!properties.has(name)) return
  const path = value(properties, name)
  if (staticBoolean(path) !== byDefault) options.push(`${name}: ${source.textOf(path.node)}`)
}

const inSdk: Readonly<Record<string, string>> = { VersionId: 'versionId', VersionStage: 'stage' }

function readSdkOptions(source: Source, properties: Properties, isSecret: boolean, options: string[]): void {
  if (!properties.has('sdkOptions')) return
  const object = objectAt(value(properties, 'sdkOptions'))
  source.spend(value(properties, 'sdkOptions'))
  if (!object)
    throw new CannotMigrate(value(properties, 'sdkOptions').node, 'sdkOptions is known only at run time')
  for (const [name, property] of propertiesOf(object)) {
    const text = source.textOf(property.node.value)
    if (isSecret && name in inSdk) options.push(`${inSdk[name]}: ${text}`)
    else if (!isSecret && name === 'WithDecryption') {
      if (text !== 'true') options.push(`decrypt: ${text}`)
    } else throw new CannotMigrate(property.node, `sdkOptions.${name} has no counterpart`)
  }
}

/** Both are seconds. */
function maxAgeOf(source: Source, call: NodePath, properties: Properties): string | undefined {
  if (!properties.has('maxAge')) return undefined
  const path = value(properties, 'maxAge')
  const seconds = staticNumber(path)
  if (seconds === undefined || (seconds >= 0 && seconds <= day)) return source.textOf(path.node)
  if (seconds < 0) return '0'
  source.todo(call, `maxAge was ${seconds} seconds; a day is the most here, or Number.POSITIVE_INFINITY.`)
  return String(day)
}
