import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { root } from '../src/published.ts'

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}
interface Workflow {
  readonly permissions: object
  readonly jobs: Readonly<
    Record<
      string,
      { readonly permissions?: Readonly<Record<string, string>>; readonly steps: readonly Step[] }
    >
  >
}

const folder = `${root}.github/workflows/`
const each = readdirSync(folder).map((file) => {
  const text = readFileSync(folder + file, 'utf8')
  return [file, { text, workflow: parse(text) as Workflow }] as const
})
const scripts = Object.keys(JSON.parse(readFileSync(`${root}package.json`, 'utf8')).scripts)

describe('the workflow', () => {
  it.each(each)('%s names each action by a commit, with its version beside it', (_, { text }) => {
    const named = text.split('\n').filter((line) => /\buses:/.test(line))
    const isPinned = /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((line) => !isPinned.test(line))).toEqual([])
  })

  it.each(each)('%s permits nothing but what each job lists', (_, { workflow }) => {
    expect(workflow.permissions).toEqual({})
    for (const [name, { permissions }] of Object.entries(workflow.jobs))
      expect([name, permissions]).toEqual([name, expect.any(Object)])
  })

  it.each(each)('%s leaves no token in a checkout', (_, { workflow }) => {
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    for (const step of checkouts) expect(step.with).toMatchObject({ 'persist-credentials': false })
  })

  it.each(each)('%s runs scripts that exist', (_, { workflow }) => {
    const runs = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
    const named = runs.flatMap((line) =>
      [...line.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name),
    )
    for (const name of named) expect(scripts).toContain(name)
  })
})

describe('the same action', () => {
  it('is the same commit everywhere', () => {
    const used = each.flatMap(([, { text }]) => [...text.matchAll(/uses: (\S+)@(\S+ # \S+)/g)])
    const commits = Map.groupBy(used, ([, action]) => action)
    for (const [action, found] of commits)
      expect([action, new Set(found.map(([, , at]) => at)).size]).toEqual([action, 1])
  })
})

describe('the job that publishes', () => {
  const steps = each.find(([file]) => file === 'release.yml')?.[1].workflow.jobs['publish']?.steps ?? []

  it('installs nothing, so that no dependency runs where publishing is allowed', () => {
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual([
      'node tools/release/src/publish.ts out/release --provenance',
    ])
  })

  it('runs scripts that import nothing that is installed', () => {
    for (const file of ['publish', 'plan', 'published']) {
      const text = readFileSync(`${root}tools/release/src/${file}.ts`, 'utf8')
      const imported = [...text.matchAll(/ from '([^']+)'/g)].map(([, name]) => name as string)
      expect(imported.filter((name) => !/^node:|^\.\/published\.ts$/.test(name))).toEqual([])
    }
  })
})
