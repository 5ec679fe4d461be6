import type { NodePath } from '@babel/traverse'
import { CannotMigrate } from '../source/cannot-migrate.ts'
import { importsOf, type Used, usesOf } from '../source/imports.ts'
import type { Source } from '../source/source.ts'
import { bridge, checkBridge } from './bridge.ts'
import { type Chain, chainOf } from './chain.ts'
import { type ContextUses, contextUses } from './context-uses.ts'
import { contextsIn } from './contexts-in.ts'
import { evidenceOf, type InternalUse } from './evidence.ts'
import { type Declared, formatOf } from './format-of.ts'
import { internalReads, planInternal } from './internal.ts'
import { readSite } from './read-site.ts'
import { rewriteOptions } from './rewrite-options.ts'
import { rewriteUses } from './rewrite-uses.ts'
import { packages, type Site } from './site.ts'
import { tellDoubts } from './tell-doubts.ts'
import { saidType } from './type-of-key.ts'

interface Planned {
  readonly site: Site
  readonly chain: Chain
  readonly ofHandler: ContextUses
  readonly ofHooks: readonly { readonly uses: ContextUses; readonly isTyped: boolean }[]
  readonly isBridged: boolean
}

/** Migrates @middy/ssm and @middy/secrets-manager. What cannot be stays, and is told. */
export function migrateMiddy(source: Source): void {
  const used = importsOf(source, (module) => module in packages)
    .filter((imported) => noteTypes(source, imported))
    .flatMap(usesOf)
  const helpers = used.filter(({ name, imported }) => name === packages[imported.module]?.helper)
  const planned = used.flatMap((each) => {
    if (helpers.includes(each)) return []
    try {
      return [plan(source, each, helpers)]
    } catch (error) {
      if (!(error instanceof CannotMigrate)) throw error
      source.stays(error.node, `${each.imported.module}: ${error.message}.`)
      return []
    }
  })
  const internal = migrateInternal(source, planned)
  for (const each of planned) apply(source, each, internal)
  for (const { chain } of planned) assertType(source, chain)
  if (new Set(planned.map(({ site }) => cacheKeyOf(source, site))).size < planned.length)
    source.notes.add(
      'two of the middlewares had one cacheKey, so that one could get what the other fetched, or nothing.',
    )
}

function cacheKeyOf(source: Source, { kind, properties }: Site): string {
  const given = properties.get('cacheKey')
  return given ? source.textOf(given.node.value) : kind
}

/** `const handler: Handler = middy()...` compiles no more by itself: its context has the views, which AWS's has not. */
function assertType(source: Source, { declaredType }: Chain): void {
  const init = declaredType?.findParent((parent) => parent.isVariableDeclarator())?.get('init') as
    | NodePath
    | undefined
  if (!declaredType || !init?.node || source.asserted.has(init.node)) return
  source.asserted.add(init.node)
  source.insert(Number(init.node.end), ` as unknown as ${source.textOf(declaredType.node)}`)
}

/** A type that is imported stays: what it says is of that package. */
function noteTypes(source: Source, { isType, module, local, specifier }: Used['imported']): boolean {
  if (isType) source.stays(specifier.node, `${module}: its type ${local} has no counterpart.`)
  return !isType
}

function plan(source: Source, used: Used, helpers: readonly Used[]): Planned {
  if (used.name !== 'default') throw new CannotMigrate(used.path.node, `${used.name} has no counterpart`)
  const site = readSite(used, helpers)
  const chain = chainOf(source, site.call)
  const keys = new Set(site.isOnContext ? site.keys.map(({ name }) => name) : [])
  const parameter = (chain.handler?.get('params') as NodePath[] | undefined)?.[1]
  const ofHandler = contextUses(parameter ? [parameter] : [], keys)
  const { contextType } = chain
  if (contextType && ofHandler.members.length + ofHandler.patterns.length > 0)
    ofHandler.types.push(contextType)
  const ofHooks = [true, false].map((isTyped) => ({
    uses: contextUses(contextsIn(chain.hooks.filter((hook) => hook.isTyped === isTyped)), keys),
    isTyped,
  }))
  const all = [ofHandler, ...ofHooks.map(({ uses }) => uses)]
  const [write] = all.flatMap(({ writes }) => writes)
  if (write)
    throw new CannotMigrate(write.node, `${source.textOf(write.node)} is written, and a view cannot be`)
  const isEscaped = all.some(({ escapes }) => escapes.length > 0)
  const isBridged = site.isOnContext && (chain.handler === undefined || isEscaped)
  if (isBridged) checkBridge(site)
  return { site, chain, ofHandler, ofHooks, isBridged }
}

/** The calls of `getInternal`; where one of them cannot be replaced none is, and `undefined` is given. */
function migrateInternal(source: Source, planned: readonly Planned[]): readonly InternalUse[] | undefined {
  const views = new Map(
    planned.flatMap(({ site }) => site.keys.map(({ name }) => [name, site.view] as const)),
  )
  const reads = internalReads(source)
  const count = planned.reduce((sum, { site }) => sum + site.keys.length, 0)
  if (reads.length === 0 || count !== views.size) return undefined
  if (planned.length === 0) return []
  try {
    const plans = reads.map((call) => planInternal(source, call, views))
    for (const { edit } of plans) edit()
    return plans.flatMap(({ uses }) => uses)
  } catch (error) {
    if (!(error instanceof CannotMigrate)) throw error
    source.stays(error.node, `getInternal: ${error.message}.`)
    return undefined
  }
}

function apply(source: Source, planned: Planned, internal: readonly InternalUse[] | undefined): void {
  const { site, chain, ofHandler, ofHooks, isBridged } = planned
  const all = [ofHandler, ...ofHooks.map(({ uses }) => uses)]
  const declared = site.keys.map((key): Declared => {
    const found = all.map((uses) => evidenceOf(source, uses, internal ?? [], key.name))
    const shows = new Set(found.flatMap((each) => [...each.shows]))
    const said = found.find((each) => each.said !== undefined)?.said
    const helper = key.type && saidType(source, key.type)
    return formatOf(key, site.kind, { shows, said }, helper, source.isTypeScript)
  })
  rewriteOptions(source, site, declared)
  tellDoubts(source, site, declared)
  rewriteUses(source, site, ofHandler, declared, chain.isTyped)
  for (const { uses, isTyped } of ofHooks) rewriteUses(source, site, uses, declared, isTyped)
  if (isBridged) bridge(source, site, chain, 'context')
  if (!site.isOnContext && internal === undefined) bridge(source, site, chain, 'internal')
  if (
    chain.exportedAs !== undefined &&
    site.isOnContext &&
    ofHandler.members.length + ofHandler.patterns.length > 0
  )
    source.notes.add(
      `${chain.exportedAs} is exported: a test that calls it gives it context.${site.view} now.`,
    )
}
