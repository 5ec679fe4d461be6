import type { NodePath } from '@babel/traverse'
import type { Source } from '../source/source.ts'
import { bare } from '../source/static-values.ts'
import { declarationText } from './declaration-text.ts'
import { isKnownEarly } from './is-known-early.ts'
import { keyName } from './key-name.ts'
import { type Place, placeOf } from './place-of.ts'
import { positionOf } from './position-of.ts'
import { asBefore, referenceText } from './reference-text.ts'
import { usesOfValue } from './uses-of-value.ts'
import type { Asked, DeclaredValue, Reader, Wanted } from './wanted.ts'

/** Declares what a handler always asks for, and makes the other calls `get`. */
export function rewriteReader(source: Source, reader: Reader): void {
  const first = positionOf(source, reader, reader.asked)
  const placed = reader.asked.map((asked) => ({ asked, place: declarable(asked, first) }))
  const blocks = new Set(placed.flatMap(({ place }) => (place ? [place.block] : [])))
  const homes = new Set(placed.flatMap(({ place }) => (place ? [place.home] : [])))
  // Two handlers are two functions of Lambda: neither is to fetch what only the other needs.
  const [block] = homes.size > 1 ? [] : blocks
  const together = placed.filter(({ place }) => place !== undefined && place.block === block)
  const others = placed.filter((each) => !together.includes(each))
  const shared = sharedAge(reader)

  const declared: DeclaredValue[] = []
  const keysOf = new Map<Wanted, string>()
  for (const { asked } of together) {
    for (const wanted of asked.wanted) {
      const known = declared.find(
        (each) =>
          referenceText(source, each.wanted, shared) === referenceText(source, wanted, shared) &&
          each.wanted.view === wanted.view,
      )
      const key =
        known?.key ?? keyName(asked.call, wanted, asked.isByName, new Set(declared.map((each) => each.key)))
      if (!known) declared.push({ key, wanted })
      keysOf.set(wanted, key)
    }
  }
  declarationText(source, reader, declared, shared, together.length > 0 ? first : undefined)

  const valueFor = readOnce(
    source,
    reader,
    together.map(({ place }) => place as Place),
    declared,
  )
  for (const { asked, place } of together)
    rewriteDeclared(source, asked, place as Place, (wanted) =>
      valueFor(wanted.view, keysOf.get(wanted) as string),
    )
  for (const { asked } of others) rewriteGet(source, reader, asked, shared)
}

/** Its place, where its names and ages are known when the module is loaded, and nothing forces a fetch. */
function declarable({ call, wanted }: Asked, position: number): Place | undefined {
  const isEarly = wanted.every(
    ({ name, options }) =>
      isKnownEarly(name, position) &&
      !options.includes('maxAge: 0') &&
      options.every((each) => /: (true|false|\d+|'[^']*'|"[^"]*")$/.test(each)),
  )
  const isAgeEarly = wanted.every(({ maxAge }) => maxAge === undefined || /^[\d_\s*]+$/.test(maxAge))
  return isEarly && isAgeEarly ? placeOf(call) : undefined
}

/** The age that all have. */
function sharedAge({ asked }: Reader): string | undefined {
  const ages = new Set(
    asked.flatMap(({ wanted }) =>
      wanted.filter(({ options }) => !options.includes('maxAge: 0')).map(({ maxAge }) => maxAge ?? '5'),
    ),
  )
  const [age] = ages
  return ages.size === 1 && age !== undefined && /^[\d_\s*]+$/.test(age) ? age : undefined
}

/** One `read()` before the first statement that needs it; gives what a value is called then. */
function readOnce(
  source: Source,
  { name }: Reader,
  places: readonly Place[],
  declared: readonly DeclaredValue[],
) {
  const statement = places[0]?.statement
  if (!statement) return (view: string, key: string) => `(await ${name}.read()).${view}.${key}`
  const views = ['secrets', 'parameters'].filter((view) =>
    declared.some(({ wanted }) => wanted.view === view),
  )
  const locals = new Map(views.map((view) => [view, source.imports.unique(view)]))
  const taken = [...locals].map(([view, local]) => (view === local ? view : `${view}: ${local}`)).join(', ')
  const { semicolon, newline } = source.style
  const at = Number(statement.node.start)
  const first = places
    .map((place) => Number(place.statement?.node.start))
    .reduce((a, b) => Math.min(a, b), at)
  const isOnOwnLine = /(^|\n)[ \t]*$/.test(source.text.slice(0, first))
  const end = isOnOwnLine ? `${semicolon}${newline}${source.indentAt(first)}` : '; '
  source.insertBefore(first, `const { ${taken} } = await ${name}.read()${end}`)
  return (view: string, key: string) => `${locals.get(view)}.${key}`
}

function rewriteDeclared(
  source: Source,
  { call, wanted, isByName }: Asked,
  { awaited }: Place,
  valueFor: (wanted: Wanted) => string,
): void {
  const isOwn = call.parentPath === awaited
  const [only] = wanted
  const { start, end } = isOwn ? awaited.node : call.node
  if (isByName) source.replace(Number(start), Number(end), record(source, wanted, valueFor))
  else if (only) source.replace(Number(start), Number(end), asBefore(source, only, valueFor(only), false))
  if (only?.format === 'list') for (const split of usesOfValue(source, call).splits) spread(source, split)
}

/** `hosts?.split(',')` becomes `[...hosts]`. */
function spread(source: Source, split: NodePath): void {
  const object = (split.get('callee') as NodePath).get('object') as NodePath
  const inner = bare(object.node)
  source.replace(Number(split.node.start), Number(inner.start), '[...')
  source.replace(Number(inner.end), Number(split.node.end), ']')
}

function record(source: Source, wanted: readonly Wanted[], valueFor: (wanted: Wanted) => string): string {
  const members = wanted.map((each) => {
    const isComputed = each.name.parentPath?.isObjectProperty() && each.name.parentPath.node.computed
    const key = source.textOf(each.name.node)
    return `${isComputed ? `[${key}]` : key}: ${asBefore(source, each, valueFor(each), false)}`
  })
  return `{ ${members.join(', ')} }`
}

function rewriteGet(
  source: Source,
  { name }: Reader,
  { call, wanted, isByName }: Asked,
  shared: string | undefined,
): void {
  const get = (each: Wanted) => {
    const isOfParameters = each.view === 'parameters' && each.format !== 'list' && each.format !== 'tree'
    const from = isOfParameters ? `, { from: ${source.style.quote}parameters${source.style.quote} }` : ''
    return asBefore(source, each, `${name}.get(${referenceText(source, each, shared)}${from})`, true)
  }
  const { start, end } = call.node
  const [only] = wanted
  if (!isByName && only) {
    source.replace(Number(start), Number(end), get(only))
    if (only.format === 'list') for (const split of usesOfValue(source, call).splits) spread(source, split)
    return
  }
  const locals = wanted.map((_, index) => `value${index + 1}`)
  const named = new Map(wanted.map((each, index) => [each, locals[index] as string]))
  const plain = wanted.map((each) => get({ ...each, isBase64: false }))
  const whole = record(source, wanted, (each) => named.get(each) as string)
  source.replace(
    Number(start),
    Number(end),
    `Promise.all([${plain.join(', ')}]).then(([${locals.join(', ')}]) => (${whole}))`,
  )
}
