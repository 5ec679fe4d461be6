import type { ViewName } from '../declare/view-name.ts'
import { type KeyHandle, recordView } from '../view/key-handle.ts'
import { viewMaker } from '../view/view.ts'
import type { DeclaredKey } from './declared-key.ts'
import { keyHandleOf, type ReaderContext } from './key-handle-of.ts'
import type { Served } from './serve-value.ts'

/** Both views of one read. */
export type Views = { readonly [View in ViewName]?: object }

/** Makes the views of what was served; the last ones are given again while every value is the same. */
export type MakeViews = (served: readonly Served[]) => Views

const titles = { secrets: 'Secrets', parameters: 'Parameters' } as const

/** The maker of the views of one declaration. The classes behind them are made here, once: at INIT. */
export function viewsMaker(keys: readonly DeclaredKey[], reader: ReaderContext): MakeViews {
  const makers = (['secrets', 'parameters'] as const).flatMap((view) => {
    const indices = [...keys.keys()].filter((index) => (keys[index] as DeclaredKey).view === view)
    const columns = indices.map((index) => {
      const { key, declared } = keys[index] as DeclaredKey
      return { key, isBytes: declared.format === 'binary' }
    })
    return indices.length === 0 ? [] : [{ view, indices, columns, make: viewMaker(titles[view], columns) }]
  })

  let last: { readonly served: readonly Served[]; readonly views: Views } | undefined
  return (served) => {
    // One value that is read in one way is one object, so is a key's fallback.
    if (last?.served.every(({ result }, index) => result === served[index]?.result)) return last.views
    const views = makers.map(({ view, indices, columns, make }) => {
      const shown = indices.map((index) => ({
        key: keys[index] as DeclaredKey,
        served: served[index] as Served,
      }))
      const made = make(shown.map((one) => one.served.value))
      const handles = new Map<string, KeyHandle>()
      recordView(made, {
        name: titles[view],
        columns,
        contents: () => shown.map((one) => one.served.result),
        // Made when somebody asks: most invocations neither retry nor derive.
        handle(name) {
          const one = shown.find(({ key }) => key.key === name)
          const handle = handles.get(name) ?? (one && keyHandleOf(one.key, one.served, reader))
          if (handle) handles.set(name, handle)
          return handle
        },
      })
      return [view, made] as const
    })
    last = { served, views: Object.freeze(Object.fromEntries(views)) }
    return last.views
  }
}
