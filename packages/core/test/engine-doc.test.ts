import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { type Stamps, stateOf } from '../src/cache/state.ts'
import { defaultTimes } from '../src/declare/times.ts'
import { defaultTimeoutMilliseconds } from '../src/read/options.ts'
import { limits } from '../src/shared/limits.ts'

const page = new URL('../../../docs/engine.md', import.meta.url)
const sourceOf = (name: string) => readFileSync(new URL(`../src/${name}.ts`, import.meta.url), 'utf8')

/** The rows below the heading of a table, by the name of its first column. */
function tableOf(text: string, firstColumn: string): string[][] {
  const [, body = ''] = text.split(new RegExp(`^\\| ${firstColumn} \\|.*\\n\\| ---.*\\n`, 'm'))
  const rows = body.split('\n').slice(
    0,
    body.split('\n').findIndex((line) => !line.startsWith('|')),
  )
  return rows.map((row) =>
    row
      .split(/ \| |^\| | \|$/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

/** The page without what the formatter adds to align its tables. */
const readPage = () => readFileSync(page, 'utf8').replace(/ {2,}/g, ' ').replace(/-{4,}/g, '---')

const bare = (cell = '') => cell.replaceAll('`', '')

describe('docs/engine.md', () => {
  const text = readPage()
  const names = [
    'seq',
    'voidSeq',
    'loadedAt',
    'jitter',
    'isLoadRunning',
    'startedAt',
    'failures',
    'failedAt',
    'pause',
  ]
  const given = [
    ...names,
    ...['now', 'maxAge', 'staleWhileRevalidate', 'staleIfError', 'maxAgeJitter', 'loadTimeout'],
  ]
  const words = tableOf(text, 'word')
  const states = tableOf(text, 'state')
  const decide = new Function(
    ...given,
    [
      ...words.map(([word, meaning]) => `const ${bare(word)} = ${bare(meaning)}`),
      ...states.map(([state, condition]) => `if (${bare(condition)}) return '${bare(state)}'`),
    ].join('\n'),
  )

  it('has a table of the states that decides as the code does, at and around every boundary', () => {
    expect(states.map(([state]) => bare(state))).toEqual([
      ...['fresh', 'stale', 'grace', 'loading', 'failed', 'expired', 'empty'],
    ])
    const own = { ...limits, maxAgeJitter: 0.5, loadTimeout: 20 }
    const times = { maxAge: 40, staleFor: 10, usableFor: 30 }
    const found = new Set<string>()
    for (const [seq, voidSeq] of [
      [0, 0],
      [0, 2],
      [1, 1],
      [1, 2],
    ] as const)
      for (const jitter of [0, 1])
        for (const startedAt of [undefined, 95, 130])
          for (const [failures, failedAt] of [
            [0, 120],
            [1, 120],
            [2, 135],
          ] as const)
            for (let now = 85; now < 200; now++) {
              const load = startedAt === undefined ? undefined : { startedAt }
              const stamps: Stamps = {
                loaded: seq === 0 ? undefined : { seq, loadedAt: 100, jitter },
                voidSeq,
                load,
                failure: failures === 0 ? undefined : { failedAt, pause: 15 },
              }
              const words = [seq, voidSeq, 100, jitter, load !== undefined, startedAt, failures, failedAt, 15]
              const expected = decide(...words, now, 40, 10, 30, own.maxAgeJitter, own.loadTimeout)
              found.add(expected)
              if (stateOf(stamps, times, now, own) !== expected) expect({ stamps, now }).toBe(expected)
            }
    expect(found.size).toBe(7)
  })

  it('has a table of every default with its reason, as it stands in the code', () => {
    const table = ['| default | value | why |', '| --- | --- | --- |', ...defaults()].join('\n')
    if (process.env['UPDATE_DOCS']) {
      writeFileSync(page, `${readFileSync(page, 'utf8').split('\n| default')[0]?.trimEnd()}\n\n${table}\n`)
    }
    expect(readPage()).toContain(table)
  })
})

/** A row for each default: its name and its reason as the source has them, its value as it is. */
function defaults(): string[] {
  const seconds = Object.entries(defaultTimes).map(([name, value]) =>
    row(name, `${value} s`, reasonOf(name, sourceOf('declare/times').split('defaultTimes')[1] ?? '')),
  )
  const milliseconds = Object.entries(limits).map(([name, value]) =>
    row(name, value.toLocaleString('en'), reasonOf(name, sourceOf('shared/limits'))),
  )
  const [timeout] = reasonOf('readonly timeoutMilliseconds\\?', sourceOf('read/options')).split(' @default')
  return [
    ...seconds,
    row('timeoutMilliseconds', defaultTimeoutMilliseconds.toLocaleString('en'), timeout ?? ''),
    ...milliseconds,
  ]
}

const row = (name: string, value: string, why: string) => `| \`${name}\` | ${value} | ${why} |`

function reasonOf(name: string, source: string): string {
  const reason = new RegExp(`/\\*\\* ([^*]*?) \\*/\\s+${name}:`).exec(source)?.[1]
  if (!reason) throw new Error(`${name} has no reason beside it`)
  return reason
}
