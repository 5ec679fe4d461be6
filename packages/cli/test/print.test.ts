// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes names so
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { listTable } from '../src/commands/list.ts'
import type { ListedKey } from '../src/commands/listed-key.ts'
import { partitionOf } from '../src/commands/load.ts'
import { graphOf } from '../src/graph/graph.ts'
import { mermaid } from '../src/graph/mermaid.ts'
import { svg } from '../src/graph/svg.ts'
import type { FunctionRead } from '../src/import/read-functions.ts'
import { table } from '../src/print/table.ts'
import { placeholder, shown } from '../src/template/placeholder.ts'

describe('table', () => {
  const rows = [
    [
      'api',
      'prod/orders/a-rather-long-name/that/goes/on/and-on/and-on-until-it-cannot-be-held-by-a-line',
      'json',
    ],
    ['cron', 'z'.repeat(70), 'text'],
  ]

  it.each([60, 80, 120])('is no wider than %d columns, and loses nothing', (width) => {
    const written = table(['FUNCTION', 'ID', 'FORMAT'], rows, width)
    expect(Math.max(...written.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width)
    const together = written.replaceAll(/\s/g, '')
    expect(together.match(/z/g)).toHaveLength(70)
    for (const part of ['api', 'prod/orders/', 'by-a-line', 'cron']) expect(written).toContain(part)
  })

  it('is as narrow as it can be', () => {
    expect(table(['A', 'B'], [['one', 'two']], 80)).toBe('A       B\none     two')
  })
})

const key = (id: string, source: string) => ({
  view: 'secrets',
  key: 'k',
  kind: 'secret',
  id,
  source,
  maxAge: 300,
  staleWhileRevalidate: 0,
  cachedFor: source === 'sdk' ? 0 : 300,
})
const reads = [
  {
    place: { name: 'a"b' },
    report: { readers: [{ keys: [key('prod/<x>', 'extension'), key('prod/y', 'sdk')] }] },
  },
  { place: { name: 'c' }, report: { readers: [{ keys: [key('prod/<x>', 'sdk')] }] } },
] as unknown as FunctionRead[]

describe('graphOf', () => {
  it('tells who uses what, how old it may be, and who can fetch a newer one', () => {
    expect(graphOf(reads).nodes).toMatchObject([
      {
        id: 'prod/<x>',
        users: [
          { function: 'a"b', worstAge: 600, refreshable: false },
          { function: 'c', worstAge: 300, refreshable: true },
        ],
      },
      { id: 'prod/y', users: [{ function: 'a"b' }] },
    ])
  })
})

describe('mermaid', () => {
  it('draws an edge for each use, with texts that cannot end early', () => {
    expect(mermaid(graphOf(reads)).split('\n')).toEqual([
      ...['flowchart LR', '  f0["a#quot;b"]', '  f1["c"]', '  s0(["prod/<x>"])', '  s1(["prod/y"])'],
      ...['  f0 --> s0', '  f1 --> s0', '  f0 --> s1'],
    ])
  })
})

describe('svg', () => {
  it('is well-formed, with a line for each use', () => {
    const drawn = svg(graphOf(reads))
    expect(drawn.match(/<path /g)).toHaveLength(3)
    expect(drawn).toContain('prod/&lt;x&gt;')
    expect(drawn.match(/<[a-z]+[^>]*[^/]>/g)?.length).toBe(drawn.match(/<\/[a-z]+>/g)?.length)
  })
})

describe('listTable', () => {
  it('prints what the README shows', () => {
    const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    const [, block] = /```text\n(.*?)\n```/s.exec(page) ?? []
    const keyOf = (name: string, view: string, own: string, id: string, format: string, source: string) =>
      ({ function: name, view, key: own, id, format, source, optional: false }) as ListedKey
    const keys = [
      keyOf('api', 'secrets', 'orders', 'prod/orders/db', 'json', 'extension'),
      keyOf('api', 'secrets', 'stripe', 'prod/stripe/key', 'text', 'extension'),
      keyOf('cron', 'parameters', 'hosts', '/prod/orders/hosts', 'list', 'sdk'),
    ]
    expect(listTable(keys, 80)).toBe(block)
  })
})

describe('shown', () => {
  it('writes a placeholder as CloudFormation would', () => {
    expect(shown(`a/${placeholder('AWS::Region')}/${placeholder('Stage')}`)).toBe('a/${AWS::Region}/${Stage}')
  })
})

describe('partitionOf', () => {
  it.each([
    ['eu-west-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eusc-de-east-1', 'aws-eusc'],
    [undefined, undefined],
  ])('of %s is %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition)
  })
})
