import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Local, startLocal } from '@secrets-cache/local'
import { migrateText } from '../src/migrate/migrate-text.ts'
import { createHandlers, events, handlersIn, values } from './helpers/migrations.ts'

// Every handler is compiled and run as it was and as migrated, against one simulated account over loopback.
jest.setTimeout(300_000)

const ofPage = [...(await handlersIn('docs/migrating.md'))].filter(([name]) => /^before-(?!fetch)/.test(name))
const handlers = [...ofPage, ...(await handlersIn('packages/cli/test/fixtures/handlers.txt'))]
const peers = /(from|require\()\s*['"](@middy\/(ssm|secrets-manager)|@aws-lambda-powertools)/

let local: Local
let project: Awaited<ReturnType<typeof createHandlers>>

beforeAll(async () => {
  local = await startLocal(values)
  project = await createHandlers()
  for (const [name, text] of handlers) {
    await project.write(`before/${name}`, text)
    await project.write(`after/${name}`, migrateText(text, name).text)
  }
})
afterAll(async () => {
  await local.close()
  await project.remove()
})

describe('a handler that was migrated', () => {
  it('is one of many', () => {
    expect(ofPage.map(([name]) => name)).toEqual([
      'before-ssm.ts',
      'before-secrets-manager.ts',
      'before-powertools.ts',
    ])
    expect(handlers.length).toBeGreaterThanOrEqual(18)
  })

  it('compiles, as it did', async () => {
    await project.write('before/wrong.ts', "export const wrong: number = 'text'\n")
    expect(await project.compile()).toEqual([
      expect.stringMatching(/^before\/wrong\.ts\(1,14\): error TS2322/),
    ])
  })

  it.each(handlers)('answers the same: %s', async (name, text) => {
    const [before, after] = [
      await project.answersOf(`before/${name}`, local.environment),
      await project.answersOf(`after/${name}`, local.environment),
    ]
    expect(after).toEqual(before)
    expect(after).toHaveLength(events.length)
    const migrated = migrateText(text, name)
    expect(migrated.left).toEqual([])
    expect(migrated.text).not.toMatch(peers)
    expect(migrateText(migrated.text, name).text).toBe(migrated.text)
  })
})
