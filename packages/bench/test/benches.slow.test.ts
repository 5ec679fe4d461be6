import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { chartOf } from '../src/report/chart.ts'
import type { Chart, Report } from '../src/report/report.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../src/run.ts', import.meta.url))
const source = '--conditions=@secrets-cache/source'

/** All run in one process, as the test looks at no times. */
const names = ['calls', 'warm', 'cold', 'load', 'fleet']
let out: string
let reports: readonly Report[]

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'secrets-cache-bench-test-'))
  const given = [source, script, ...names, '--size', 'brief', '--json', '--out', out]
  const { stdout } = await run(process.execPath, given)
  reports = JSON.parse(stdout).reports
}, 180_000)

afterAll(() => rm(out, { recursive: true, force: true }))

const of = (name: string) => reports.find(({ bench }) => bench === name) as Report

describe('npm run bench', () => {
  it('runs the benches that were asked for, in their order', () => {
    expect(reports.map(({ bench }) => bench)).toEqual(names)
  })

  it('fills every column of every table', () => {
    for (const { tables } of reports) {
      for (const { columns, rows } of tables) {
        expect(rows.length).toBeGreaterThan(0)
        for (const row of rows) expect(row).toHaveLength(columns.length)
      }
    }
  })

  it('writes figures, with the machine and the versions; cold has the chart of the README', async () => {
    expect((await readdir(out)).sort()).toEqual(names.map((name) => `${name}.json`).sort())
    const { machine } = JSON.parse(await readFile(join(out, 'calls.json'), 'utf8'))
    expect(machine).toMatchObject({ node: process.version, versions: { '@middy/ssm': '7.9.2' } })
    expect(chartOf(of('cold').chart as Chart)).toMatch(/^<svg /)
  })

  it('refuses a name that is none', async () => {
    await expect(run(process.execPath, [source, script, 'coold'])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean "cold"?\nThere are calls, warm, cold'),
    })
  })
})

describe('calls', () => {
  it('takes 3 cold, none warm and 3 after expiry, however many ask', () => {
    const [row] = of('calls').tables[0]?.rows ?? []
    expect(row).toEqual(['sdk()', '3 / 0 / 3', '3 / 0 / 3', '', 0])
  })

  it('takes one request per value over the layer, however many ask', () => {
    const [, row] = of('calls').tables[0]?.rows ?? []
    expect(row?.slice(0, 3)).toEqual(['extension()', '15 / 0 / 15', '15 / 0 / 15'])
  })
})

describe('load', () => {
  it('takes one call per environment and value at a TTL longer than the test, and fails nowhere', () => {
    const rows = of('load').tables.map((table) => table.rows[0]?.slice(0, 4))
    expect(rows).toEqual([
      ['extension()', 2, 2, 0],
      ['extension()', 30, 30, 0],
    ])
  })
})

describe('cold', () => {
  it('bundles only what a function needs', () => {
    const rows = of('cold').tables[0]?.rows as string[][]
    const [alone, ours] = rows.map((row) => Number(row[5])) as [number, number]
    expect(alone).toBeLessThan(10_000)
    expect(ours).toBeGreaterThan(alone)
  })
})

describe('fleet', () => {
  it('fails nowhere', () => {
    expect(of('fleet').goals).toMatchObject([
      { measured: 0, most: 0 },
      { measured: 0, most: 0 },
    ])
  })
})
