import { describe, expect, it } from '@jest/globals'
import { markdownTable, readPart } from '@secrets-cache/bench/shared'
import { isMet } from '../src/run-scenario.ts'
import { scenarios } from '../src/scenarios/index.ts'
import { shortTable } from '../src/short-table.ts'
import { ours } from '../src/subjects/ours.ts'

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())

describe('the table of faults in docs/reliability.md', () => {
  const [head = [], , ...rows] = readPart('docs/reliability.md', 'faults').split('\n').map(cellsOf)
  const cell = (row: string, column: string) => rows.find(([name]) => name === row)?.[head.indexOf(column)]

  it.each(ours)('has all of them for $name, as `npm run faults -- --readme` wrote it', (subject) => {
    const count = Object.values(scenarios)
      .flat()
      .filter((scenario) => isMet(scenario, subject)).length
    expect(count).toBeGreaterThan(50)
    expect(cell('faults survived', subject.name)).toBe(`${count}/${count}`)
    expect(cell('faults that gave a value or the token away', subject.name)).toBe(`0/${count}`)
  })

  it('stands in the README with its main rows, and no empty cell', () => {
    const short = markdownTable(shortTable([head, ...rows]))
    expect(readPart('README.md', 'faults')).toBe(short)
    expect(short).not.toMatch(/\| *\|/)
  })

  it('has the peers beside ours', () => {
    expect(head).toEqual([
      '`npm run faults`',
      ...ours.map(({ name }) => name),
      expect.stringMatching(/^@middy\/ssm \d/),
      expect.stringMatching(/^@middy\/secrets-manager \d/),
      expect.stringMatching(/^@aws-lambda-powertools\/parameters \d/),
    ])
  })
})

describe('markdownTable', () => {
  it('is as wide as what stands in it', () => {
    expect(
      markdownTable([
        ['a', 'b'],
        ['long', '1'],
      ]),
    ).toBe(['| a    | b   |', '| ---- | --- |', '| long | 1   |'].join('\n'))
  })
})
