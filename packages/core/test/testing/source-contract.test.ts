import { describe, expect, it } from '@jest/globals'
import {
  type FetchContext,
  NotFoundError,
  type Outcome,
  type Reference,
  RefusedError,
  type Source,
} from '@secrets-cache/core'
import { type ContractSetup, fetchContext, memorySource, sourceContract } from '@secrets-cache/core/testing'
import { setup, values } from '../support/contract.ts'

describe('sourceContract', () => {
  const memory = memorySource(values)
  const ask: Source['fetch'] = (asked, context) => memory.fetch(asked, context)

  /** The checks that a source fails, with what each says. */
  async function failuresOf(overrides: object, contract: Partial<ContractSetup> = {}) {
    const source = Object.defineProperties(
      { ...memory },
      Object.getOwnPropertyDescriptors(overrides),
    ) as Source
    const failures = new Map<string, string>()
    for (const { name, run } of sourceContract({ ...setup, source: () => source, ...contract }))
      await run().catch((error: Error) => failures.set(name, error.message))
    return failures
  }
  const failing = async (overrides: object) => [...(await failuresOf(overrides)).keys()]

  /** A source whose outcomes are changed on their way. */
  const altering = (alter: (outcomes: readonly Outcome[], asked: readonly Reference[]) => unknown) => ({
    fetch: async (asked: readonly Reference[], context: FetchContext) =>
      alter(await Promise.all(await ask(asked, context)), asked),
  })
  const inErrors = (error: unknown) =>
    altering((outcomes) => outcomes.map((outcome) => (outcome.ok ? outcome : { ok: false, error })))
  const isMissing = ({ id }: Reference) => id === 'nowhere'
  const hiding = (value: string) =>
    Object.defineProperty(new NotFoundError(), 'hidden', { value: { a: { b: { c: { d: value } } } } })

  const named = 'has a name and an identity that stays'
  const inPlace = 'answers each reference in its place'
  const manyCalls = 'answers many calls at once'
  const versions = 'gives a version that is text, or none'
  const forced = 'answers a forced fetch, unless it said that it cannot'
  const missing = 'says of what is missing that it is, without rejecting'
  const others = 'answers the others when one is missing'
  const givenUp = 'settles everything when it is given up before it began'
  const noValues = 'keeps values out of its errors'
  let reads = 0
  let calls = 0

  it.each<[string, object, string[]]>([
    ['has no name', { name: '' }, [named]],
    ['has no identity', { identity: '' }, [named]],
    [
      'has another identity each time',
      {
        get identity() {
          return `id ${++reads}`
        },
      },
      [named],
    ],
    [
      'mixes up the order',
      altering((outcomes) => outcomes.toReversed()),
      [inPlace, manyCalls, forced, others],
    ],
    [
      'answers in the order of the first call',
      altering((outcomes, [first]) => (first?.kind === 'parameter' ? outcomes.toReversed() : outcomes)),
      [inPlace],
    ],
    [
      'does not know the first of the references when it is the first',
      altering((outcomes, [first]) =>
        first === setup.known[0].reference && outcomes.length === 4
          ? [{ ok: true, value: 'other' }, ...outcomes.slice(1)]
          : outcomes,
      ),
      [inPlace, manyCalls, forced],
    ],
    [
      'drops duplicates',
      { fetch: (asked: readonly Reference[], context: FetchContext) => ask([...new Set(asked)], context) },
      ['answers a reference asked twice in one call twice'],
    ],
    [
      'answers what nobody asked',
      altering((outcomes) => (outcomes.length === 0 ? [{ ok: true, value: 'x' }] : outcomes)),
      ['answers nothing when nothing is asked'],
    ],
    [
      'takes no more than ten calls at once',
      {
        fetch: async (asked: readonly Reference[], context: FetchContext) => {
          const isFull = ++calls > 10
          await new Promise(setImmediate)
          calls--
          return isFull ? asked.map(() => ({ ok: false, error: new NotFoundError() })) : ask(asked, context)
        },
      },
      [manyCalls],
    ],
    [
      'gives a number for a version',
      altering((all) => all.map((each) => ({ ...each, version: 1 }))),
      [versions],
    ],
    ['has no versions', altering((all) => all.map((each) => ({ ...each, version: undefined }))), []],
    [
      'cannot be forced',
      {
        fetch: async (asked: readonly Reference[], context: FetchContext) =>
          context.fresh ? asked.map(() => ({ ok: false, error: new NotFoundError() })) : ask(asked, context),
      },
      [forced],
    ],
    [
      'cannot be forced, and says so',
      {
        refreshable: false,
        fetch: async (asked: readonly Reference[], context: FetchContext) =>
          context.fresh ? [] : ask(asked, context),
      },
      [],
    ],
    ['only refuses what is missing', inErrors(new RefusedError()), [missing]],
    ['hides what is no value in an error', inErrors(hiding('nothing')), []],
    ['has errors of its own', inErrors(new Error('x')), [missing, others]],
    [
      'has an error beside a value',
      altering((all) => all.map((each) => (each.ok ? each : { ok: true, value: '', error: each.error }))),
      [missing, others],
    ],
    ['answers nothing for what is missing', altering((all) => all.filter(({ ok }) => ok)), [missing, others]],
    [
      'rejects what is missing among others',
      altering((outcomes, asked) => {
        if (asked.some(isMissing) && asked.length > 1) throw new NotFoundError()
        return outcomes
      }),
      [others],
    ],
    [
      'has a value for what is missing among others',
      altering((outcomes, asked) =>
        asked.some(isMissing) && asked.length > 1
          ? [{ ok: true, value: '' }, ...outcomes.slice(1)]
          : outcomes,
      ),
      [others],
    ],
    [
      'settles nothing when it is given up',
      {
        fetch: async (asked: readonly Reference[], context: FetchContext) =>
          context.signal.aborted ? [] : ask(asked, context),
      },
      [givenUp],
    ],
    ['quotes a value', inErrors(new NotFoundError({ reason: 'first-canary' })), [noValues]],
    ['hides a value in an error', inErrors(hiding('first-canary')), [noValues]],
    ['has an error that looks like bytes', inErrors(new NotFoundError({ reason: '1,2' })), []],
  ])('tells a source that %s', async (_, overrides, broken) => {
    expect(await failing(overrides)).toEqual(broken)
  })

  it('says what it expected', async () => {
    const denied = await failuresOf(
      altering((all) => all.map(() => ({ ok: false, error: new NotFoundError() }))),
    )
    expect(denied.get(inPlace)).toBe('expected a value')
    const foreign = await failuresOf(inErrors(new Error('x')))
    expect(foreign.get(missing)).toBe('expected an error of this library')
  })

  it('is given a context that hears nothing, unless a test brings its own', () => {
    const { emit, fresh, onRetry, signal } = fetchContext()
    emit('degraded', () => ({ source: 'x', reason: 'y' }))
    onRetry(setup.known[0].reference, new NotFoundError())
    expect([fresh, signal.aborted, fetchContext({ fresh: true }).fresh]).toEqual([false, false, true])
  })

  it('does not ask a source to tell what it cannot', async () => {
    expect([...(await failuresOf(inErrors(new RefusedError()), { tellsMissing: false }))]).toEqual([])
  })
})
