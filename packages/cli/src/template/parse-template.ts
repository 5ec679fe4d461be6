import { readFileSync } from 'node:fs'
import { type CollectionTag, LineCounter, parseDocument, type ScalarTag } from 'yaml'
import { UsageError } from '../usage-error.ts'

/** A CloudFormation or SAM template, its short forms written out. */
export interface Template {
  readonly Globals?: Fields
  readonly Parameters?: Readonly<Record<string, Fields>>
  readonly Mappings?: Fields
  readonly Conditions?: Fields
  readonly Resources: Readonly<Record<string, Resource>>
}

export interface Resource {
  readonly Type: string
  /** The name of the condition under which it is deployed. */
  readonly Condition?: string
  readonly Properties?: Fields
  readonly Metadata?: Fields
}

export type Fields = Readonly<Record<string, unknown>>

const functions = [
  ...[
    'And',
    'Base64',
    'Cidr',
    'Equals',
    'FindInMap',
    'ForEach',
    'GetAtt',
    'GetAZs',
    'If',
    'ImportValue',
    'Join',
  ],
  ...['Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'],
]

/** `!Sub x` is `{ "Fn::Sub": "x" }`, and so are the others; `!Ref` and `!Condition` have no prefix. */
const tags = [
  ...functions.flatMap((name) => tagsOf(`!${name}`, `Fn::${name}`)),
  ...tagsOf('!Ref', 'Ref'),
  ...tagsOf('!Condition', 'Condition'),
]

function tagsOf(tag: string, name: string): (ScalarTag | CollectionTag)[] {
  const written = (value: unknown) => ({
    [name]: name === 'Fn::GetAtt' && typeof value === 'string' ? splitOnce(value) : value,
  })
  return [
    { tag, resolve: (text) => written(text) as never },
    { tag, collection: 'seq', resolve: (items) => written(items.toJSON()) },
    { tag, collection: 'map', resolve: (map) => written(map.toJSON()) },
  ]
}

function splitOnce(text: string): readonly string[] {
  const dot = text.indexOf('.')
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)]
}

/** Reads a template; its errors give file and line, and quote nothing. */
export function parseTemplate(file: string): Template {
  const content = parse(file, read(file))
  if (!isFields(content) || !isFields(content['Resources'])) {
    throw new UsageError(`--template ${file}: it has no Resources. Give a CloudFormation or SAM template.`)
  }
  return content as unknown as Template
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`--template ${file}: it cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

function parse(file: string, text: string): unknown {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, customTags: tags, merge: true })
  const [error] = document.errors
  if (!error) return document.toJS()
  const { line, col } = lineCounter.linePos(error.pos[0])
  throw new UsageError(`--template ${file}:${line}:${col}: this is not YAML or JSON (${error.code}).`)
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function fieldsIn(value: unknown): Fields {
  return isFields(value) ? value : {}
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}
