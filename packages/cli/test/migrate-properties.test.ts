import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { migrateText } from '../src/migrate/migrate-text.ts'
import { ParseError } from '../src/migrate/source/parse.ts'
import { handlersIn } from './helpers/migrations.ts'

const handlers = [...(await handlersIn('packages/cli/test/fixtures/handlers.txt'))]
const peers = /@middy\/(ssm|secrets-manager)\b|@aws-lambda-powertools\/parameters/g

/** Migrates; undefined where the text is no program. Any other error is a fault. */
function tried(text: string, name: string): string | undefined {
  try {
    return migrateText(text, name).text
  } catch (error) {
    if (error instanceof ParseError) return undefined
    throw error
  }
}

/** A handler with some of its lines left out, twice there, or in another order. */
const mutated = fc
  .record({
    handler: fc.constantFrom(...handlers),
    changes: fc.array(fc.record({ kind: fc.constantFrom('drop', 'double', 'swap'), at: fc.nat(60) }), {
      maxLength: 4,
    }),
  })
  .map(({ handler: [name, text], changes }) => {
    const lines = text.split('\n')
    for (const { kind, at } of changes) {
      const index = at % lines.length
      const [line = ''] = lines.splice(index, 1)
      if (kind === 'double') lines.splice(index, 0, line, line)
      if (kind === 'swap') lines.splice(index + 1, 0, line)
    }
    return { name, text: lines.join('\n') }
  })

describe('migrate', () => {
  it('never changes a file without one of the three packages', () => {
    const other = fc.constantFrom('@middy/core', '@middy/ssm2', './ssm', '@aws-lambda-powertools/parameter')
    fc.assert(
      fc.property(mutated, other, ({ name, text }, module) => {
        const without = text.replaceAll(peers, module)
        expect(migrateText(without, name)).toEqual({
          text: without,
          todos: [],
          left: [],
          notes: [],
          added: [],
          removed: [],
        })
      }),
    )
  })

  it('has a parse error or a result for whatever a handler looks like, and nothing more to do a second time', () => {
    fc.assert(
      fc.property(mutated, ({ name, text }) => {
        const once = tried(text, name)
        if (once !== undefined) expect(tried(once, name)).toBe(once)
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 200) },
    )
  })
})
