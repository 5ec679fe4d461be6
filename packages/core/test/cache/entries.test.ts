import { describe, expect, it } from '@jest/globals'
import { createEntries } from '../../src/cache/entries.ts'
import type { Entry } from '../../src/cache/entry.ts'
import type { Load, LoadResult } from '../../src/cache/load.ts'
import { scriptedSource } from '../../src/testing/scripted-source.ts'

const source = scriptedSource()
const reference = (id: string) => ({ kind: 'secret', id }) as const

function filled(cap: number, ...ids: string[]) {
  const entries = createEntries(cap, isLoading)
  for (const id of ids) entries.of(source.identity, reference(id), false)
  const ids_ = () => [...entries.all()].map((entry) => entry.reference.id)
  return {
    entries,
    ids: ids_,
    of: (id: string, isDeclared = false) => entries.of(source.identity, reference(id), isDeclared),
  }
}

const isLoading = ({ state }: Entry) => state.load !== undefined

const load: Load = {
  ...Promise.withResolvers<LoadResult>(),
  source,
  seq: 1,
  startedAt: 0,
  jitter: 0,
  isForced: false,
  isPrefetch: false,
  abort: () => {},
  next: undefined,
  tellOnTimeout: undefined,
}

describe('createEntries', () => {
  it('has one entry for one thing, and another for another source, stage or kind', () => {
    const entries = createEntries(10, isLoading)
    const one = entries.of(source.identity, reference('a'), true)
    expect(entries.of({ ...source }.identity, reference('a'), true)).toBe(one)
    expect(entries.of(scriptedSource().identity, reference('a'), true)).not.toBe(one)
    expect(entries.of(source.identity, { ...reference('a'), stage: 'AWSPREVIOUS' }, true)).not.toBe(one)
    expect(entries.size()).toBe(3)
  })

  it('keeps at most its cap of names known only at run time: the ones used last', () => {
    const { entries, ids, of } = filled(2, 'a', 'b')
    of('a')
    of('c')
    expect(ids()).toEqual(['a', 'c'])
    expect(entries.size()).toBe(2)
  })

  it('never evicts one that is being loaded, nor the one that is asked for', () => {
    const { ids, of } = filled(2, 'a', 'b')
    of('a').begin(load)
    of('b').begin(load)
    of('c')
    expect(ids()).toEqual(['a', 'b', 'c'])
    of('a').end(load)
    of('d')
    expect(ids()).toEqual(['b', 'd'])
  })

  it('never evicts what is declared, however it was asked for first', () => {
    const { ids, of } = filled(1, 'a')
    const declared = of('a', true)
    expect(of('a')).toBe(declared)
    of('b')
    of('c')
    expect(ids()).toEqual(['a', 'c'])
  })

  it('forgets names known only at run time, but for those that are being loaded', () => {
    const { entries, ids, of } = filled(9, 'a', 'b')
    of('declared', true)
    of('b').begin(load)
    entries.forgetDynamic()
    expect(ids()).toEqual(['declared', 'b'])
  })
})
