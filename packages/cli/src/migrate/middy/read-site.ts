import type { NodePath } from '@babel/traverse'
import type { CallExpression, Expression, ObjectProperty, TSType } from '@babel/types'
import { CannotMigrate } from '../source/cannot-migrate.ts'
import type { Used } from '../source/imports.ts'
import { ownObject, propertiesOf } from '../source/objects.ts'
import { staticBoolean, staticEnd, staticText } from '../source/static-values.ts'
import { type FetchedKey, packages, type Site } from './site.ts'

/** What is understood; anything else is refused. Middy does not look at `cache` since its version 2. */
const known = [
  'fetchData',
  'setToContext',
  'cacheExpiry',
  'cacheKey',
  'cache',
  'disablePrefetch',
  'AwsClient',
  'awsClientOptions',
  'awsClientCapture',
  'awsRequestLimit',
  'fetchRotationDate',
]

const reasons: Readonly<Record<string, string>> = {
  awsClientAssumeRole:
    'awsClientAssumeRole has no counterpart: give sdk() a client with the credentials of the role',
  cacheKeyExpiry: 'cacheKeyExpiry has no counterpart: give each reference a maxAge of its own',
  setToEnv: 'setToEnv writes secrets into process.env, which nothing here does',
  cacheExpiryInMillis: 'cacheExpiryInMillis is an option of Middy 1, which is cacheExpiry since',
  names: 'names is an option of Middy 1: bring it to fetchData first',
  paths: 'paths is an option of Middy 1: bring it to fetchData first',
  secrets: 'secrets is an option of Middy 1: bring it to fetchData first',
  onChange: 'onChange has no counterpart: derive() makes something anew with each version of a value',
}

const reserved = ['then', 'toJSON', 'constructor', '__proto__', 'prototype', 'toString', 'valueOf']

/** Reads a call such as `ssm({ fetchData })`. @throws {CannotMigrate} */
export function readSite(used: Used, helpers: readonly Used[]): Site {
  const call = used.path.parentPath
  if (!call?.isCallExpression() || used.path.key !== 'callee')
    throw new CannotMigrate(used.path.node, `${used.imported.local} is not called here`)
  const { kind, view } = packages[used.imported.module] as (typeof packages)[string]
  const options = ownObject(call.get('arguments')[0], call.node, 'the options are')
  const properties = propertiesOf(options)
  for (const [name, property] of properties) {
    if (!known.includes(name))
      throw new CannotMigrate(property.node, reasons[name] ?? `the option ${name} is not known`)
  }
  const fetchData = properties.get('fetchData')
  if (!fetchData) throw new CannotMigrate(call.node, 'it has no fetchData, so there is nothing to declare')
  const keys = readKeys(fetchData, helpers, kind === 'ssm')
  const setToContext = properties.get('setToContext')
  const isOnContext =
    setToContext === undefined ? false : staticBoolean(setToContext.get('value') as NodePath)
  if (isOnContext === undefined)
    throw new CannotMigrate(call.node, 'whether setToContext is true is known only at run time')
  return {
    kind,
    view,
    used,
    call: call as NodePath<CallExpression>,
    options,
    fetchData,
    keys,
    properties,
    isOnContext,
  }
}

function readKeys(
  fetchData: NodePath<ObjectProperty>,
  helpers: readonly Used[],
  hasPaths: boolean,
): FetchedKey[] {
  const keys: FetchedKey[] = []
  for (const [given, property] of propertiesOf(
    ownObject(fetchData.get('value') as NodePath, fetchData.node, 'the names in fetchData are'),
  )) {
    const name = sanitized(given)
    if (reserved.includes(name)) throw new CannotMigrate(property.node, `${name} cannot be a key here`)
    if (keys.some((key) => key.name === name))
      throw new CannotMigrate(property.node, `two keys of fetchData are ${name} on the context`)
    if (property.node.shorthand && name !== given)
      throw new CannotMigrate(property.node, `${given} is written short`)
    const { id, type } = idOf(property.get('value') as NodePath<Expression>, helpers)
    const isPath = hasPaths && staticEnd(id)?.endsWith('/') === true
    if (isPath && staticText(id) === '/')
      throw new CannotMigrate(id.node, 'it fetches every parameter of the account')
    keys.push({ name, property, id, type, isPath })
  }
  if (keys.length === 0) throw new CannotMigrate(fetchData.node, 'fetchData is empty')
  return keys
}

/** As Middy does, for the context. */
const sanitized = (key: string): string => key.replace(/^([0-9])/, '_$1').replace(/[^a-zA-Z0-9]+/g, '_')

/** The name inside of `ssmParam<T>(...)`, or as it is. */
function idOf(value: NodePath<Expression>, helpers: readonly Used[]): Pick<FetchedKey, 'id' | 'type'> {
  if (!value.isCallExpression()) return { id: value, type: undefined }
  const helper = helpers.find(({ path }) => path.node === value.node.callee)
  const [argument] = value.get('arguments')
  if (!helper || argument === undefined || !argument.isExpression()) return { id: value, type: undefined }
  const given = value.get('typeArguments') as NodePath
  const type = given.isTSTypeParameterInstantiation() ? given.get('params')[0] : undefined
  return { id: argument, type: type as NodePath<TSType> | undefined }
}
