import { describe, expect, it } from '@jest/globals'
import { createProgress } from '../../../.ci/progress.ts'
import { chartOf } from '../src/report/chart.ts'
import { costsOf, figuresOf, shortFiguresOf } from '../src/report/figures.ts'
import { digits, spread, times } from '../src/report/format.ts'
import { machine } from '../src/report/machine.ts'
import { isBroken, isReached } from '../src/report/report.ts'
import { measured, ratio } from '../src/report/samples.ts'
import { show } from '../src/report/show.ts'

describe('measured', () => {
  it('gives the median and the middle half, whatever one round was disturbed by', () => {
    expect(measured([5, 1, 3, 2, 4_000])).toEqual({ median: 3, low: 2, high: 5 })
  })
})

describe('ratio', () => {
  it('compares round by round, so that a slow moment counts for neither', () => {
    expect(ratio([2, 20, 2], [1, 10, 1])).toBe(2)
  })
})

describe('a goal', () => {
  it('is reached, missed within the noise, or broken', () => {
    const goal = { name: 'goal', most: 1.2, tolerance: 1.25 }
    const states = [1.2, 1.4, 1.6, Number.NaN].map((measured) => ({
      isReached: isReached({ ...goal, measured }),
      isBroken: isBroken({ ...goal, measured }),
    }))
    expect(states).toEqual([
      { isReached: true, isBroken: false },
      { isReached: false, isBroken: false },
      { isReached: false, isBroken: true },
      { isReached: false, isBroken: true },
    ])
  })

  it('may be a least', () => {
    const goal = { name: 'goal', least: 5, tolerance: 2 }
    expect([isReached({ ...goal, measured: 6 }), isBroken({ ...goal, measured: 2 })]).toEqual([true, true])
  })
})

describe('formats', () => {
  it('keep three digits', () => {
    expect([0.12345, 1.2345, 12.345, 1234.5, 3, Number.NaN].map(digits)).toEqual([
      '0.123',
      '1.23',
      '12.3',
      '1235',
      '3',
      '-',
    ])
    expect(times(1.118)).toBe('1.12 x')
    expect(spread({ median: 2, low: 1, high: 3 })).toBe('2 (1..3)')
  })
})

describe('show', () => {
  it('writes tables and says which goals were missed', () => {
    const text = show({
      bench: 'example',
      about: 'what it measures',
      tables: [{ title: 'Table', columns: ['', 'calls'], rows: [['ours', 3]] }],
      goals: [
        { name: 'few calls', measured: 3, most: 3 },
        { name: 'fast', measured: 2, least: 5 },
      ],
    })
    expect(text).toMatchInlineSnapshot(`
"example: what it measures

Table

      calls
ours      3

Goals

reached  3  at most 3   few calls
MISSED   2  at least 5  fast"
`)
  })
})

describe('chartOf', () => {
  const bars = [
    { label: 'a < b', value: 1, isOurs: true },
    { label: 'c', value: 100 },
  ]

  it('draws a bar for each, and follows a dark theme', () => {
    const svg = chartOf({ title: '"x" & y', unit: 'calls', bars })
    expect(svg.match(/<rect class="ours"/g)).toHaveLength(1)
    expect(svg.match(/<rect class="other"/g)).toHaveLength(1)
    expect(svg).toContain('a &lt; b')
    expect(svg).toContain('prefers-color-scheme: dark')
    expect(svg).not.toContain('"x"')
  })
})

describe('createProgress', () => {
  it('says nothing where nobody watches', () => {
    const written: string[] = []
    const stream = { isTTY: false, write: (text: string) => written.push(text) }
    createProgress(stream as unknown as NodeJS.WriteStream).say('working')
    expect(written).toEqual([])
  })
})

describe('figuresOf', () => {
  const report = (readme: Record<string, Record<string, string>>) => ({
    bench: 'example',
    about: '',
    tables: [],
    goals: [],
    readme,
  })
  const reports = [
    report({ 'sdk()': { calls: '3 / 0 / 3' }, 'Middy alone': { calls: '0' } }),
    report({ 'sdk()': { warm: '1.10 x' } }),
  ]
  const lines = figuresOf(reports, machine()).split('\n')
  const cellsOf = (name: string) =>
    lines
      .find((line) => line.startsWith(`| \`${name}\``))
      ?.split('|')
      .slice(2, -1)
      .map((cell) => cell.trim())

  it('has a row for each choice, with the figures of all reports', () => {
    expect(cellsOf('sdk()')).toEqual(expect.arrayContaining(['3 / 0 / 3', '1.10 x']))
    expect(['extension()', 'direct()', 'sdk() of /static'].map(cellsOf)).not.toContain(undefined)
    expect(cellsOf('Middy alone')).toBeUndefined()
  })

  it('has no empty cell: one without a figure says why', () => {
    expect(cellsOf('sdk() of /static')?.[0]).toBe('as `sdk()`')
    expect(cellsOf('fetch by hand')).toContain('has no cache')
    expect(cellsOf('direct()')).toContain('not measured')
    const rows = lines.filter((line) => line.startsWith('| `'))
    expect(rows.filter((line) => /\|\s*\|/.test(line))).toEqual([])
  })

  it('is shown in the README with three columns and five rows', () => {
    const rows = shortFiguresOf(reports, machine())
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    expect(rows).toHaveLength(5)
    for (const row of rows) expect(row.split('|').slice(2, -1)).toHaveLength(3)
  })

  it('says in docs/choosing.md what each choice costs, with Middy alone to compare', () => {
    const rows = costsOf(
      [...reports, report({ 'Middy alone': { cold: '80 + 5 ms', smallBill: '0.42' } })],
      machine(),
    )
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    expect(
      rows
        .at(-1)
        ?.split('|')
        .map((cell) => cell.trim()),
    ).toEqual(['', '`Middy alone`', '80 + 5 ms', 'not measured', 'not measured', '0.42', '1.00 x', ''])
  })
})
