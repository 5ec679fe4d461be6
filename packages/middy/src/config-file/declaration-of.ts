import { binary, type Declared, json, list, text, tree } from '@secrets-cache/core'
import type { Piece } from './parse-yaml.ts'
import { refuse, shorten } from './refuse.ts'

type View = 'secrets' | 'parameters'

const views = new Map<string, View>([
  ['SecretManagers', 'secrets'],
  ['ParameterStores', 'parameters'],
])

type Make = (name: string) => Declared<unknown>

const makers: Readonly<Record<View, ReadonlyMap<string, Make>>> = {
  secrets: new Map<string, Make>([
    ['text', text],
    ['json', json],
    ['binary', binary],
  ]),
  parameters: new Map<string, Make>([
    ['text', text],
    ['json', json],
    ['list', list],
    ['tree', tree],
  ]),
}

/** Makes the declaration out of a file's content. */
export function declarationOf(file: Piece): Partial<Record<View, Record<string, Declared<unknown>>>> {
  const declared = {
    secrets: new Map<string, Declared<unknown>>(),
    parameters: new Map<string, Declared<unknown>>(),
  }
  for (const [section, stores] of mapOf(file)) {
    const view = views.get(section)
    if (!view) throw unknown(stores, section, [...views.keys()])
    for (const store of listOf(stores)) {
      for (const [key, items] of mapOf(store)) {
        if (key !== view) throw unknown(items, key, [view])
        for (const item of listOf(items)) add(item, view, declared[view])
      }
    }
  }
  const filled = Object.entries(declared).filter(([, entries]) => entries.size > 0)
  if (filled.length === 0) throw refuse(file.place, 'nothing is listed')
  return Object.fromEntries(filled.map(([view, entries]) => [view, Object.fromEntries(entries)]))
}

function add(item: Piece, view: View, entries: Map<string, Declared<unknown>>): void {
  const isName = item.value.kind === 'scalar'
  const fields = isName ? new Map([['name', item]]) : mapOf(item)
  const wanted = ['name', 'key', 'format']
  for (const [field, piece] of fields) if (!wanted.includes(field)) throw unknown(piece, field, wanted)

  const named = fields.get('name')
  if (!named) throw refuse(item.place, `${item.path} has no name`)
  const name = nameOf(named)
  const key = fields.has('key') ? nameOf(fields.get('key') as Piece) : name
  const format = fields.get('format')
  const make = format ? makers[view].get(nameOf(format)) : text
  if (!make) throw unknown(format as Piece, nameOf(format as Piece), [...makers[view].keys()])
  if (entries.has(key))
    throw refuse(item.place, `${item.path} declares ${JSON.stringify(shorten(key))} a second time`)
  entries.set(key, make(name))
}

function mapOf({ value, place, path }: Piece): ReadonlyMap<string, Piece> {
  if (value.kind === 'map') return value.entries
  throw refuse(place, `${path || 'the file'} is ${kindOf(value)}, not a map of keys`)
}

function listOf({ value, place, path }: Piece): readonly Piece[] {
  if (value.kind === 'list') return value.items
  throw refuse(place, `${path} is ${kindOf(value)}, not a list`)
}

function nameOf({ value, place, path }: Piece): string {
  const { scalar } = value as { readonly scalar?: unknown }
  if (typeof scalar === 'string' && scalar !== '') return scalar
  throw refuse(
    place,
    `${path} is ${kindOf(value)}, not a name`,
    'Put a name that looks like a number in quotes.',
  )
}

function kindOf(value: Piece['value']): string {
  if (value.kind !== 'scalar') return `a ${value.kind}`
  if (value.scalar === null || value.scalar === '') return 'empty'
  return typeof value.scalar === 'string' ? 'a text' : `a ${typeof value.scalar}`
}

function unknown({ place, path }: Piece, word: string, known: readonly string[]) {
  return refuse(
    place,
    `${path}: ${JSON.stringify(shorten(word))} is not known`,
    `Known here: ${known.join(', ')}.`,
  )
}
