import type { ViewName } from '../declare/view-name.ts'
import type { DeclaredKey } from '../keys/declared-key.ts'
import type { KeyHandle, ReaderContext } from '../keys/key-handle.ts'
import { viewMaker } from '../view/view.ts'
import { recordView } from '../view/view-record.ts'
import type { Served } from './serve-value.ts'

/** Both views of one read. */
export type Views = { readonly [View in ViewName]?: object }

/** Makes the views of what was served; the last ones are given again while every value is the same. */
export type MakeViews = (served: readonly Served[]) => Views

const titles = { secrets: 'Secrets', parameters: 'Parameters' } as const

/** The maker of the views of one declaration. The classes behind them are made here, once: at INIT. */
export function viewsMaker(keys: readonly DeclaredKey[], context: ReaderContext): MakeViews {
  const makers = (['secrets', 'parameters'] as const).flatMap((view) => {
    const own = [...keys.keys()].filter((index) => (keys[index] as DeclaredKey).view === view)
    const columns = own.map((index) => {
      const { key, declared } = keys[index] as DeclaredKey
      return { key, isBytes: declared.format === 'binary' }
    })
    return own.length === 0 ? [] : [{ view, own, columns, make: viewMaker(titles[view], columns) }]
  })

  let last: { readonly served: readonly Served[]; readonly views: Views } | undefined
  return (served) => {
    // Equal values have the same result object, so `===` is enough; the same for fallbacks.
    if (last?.served.every(({ result }, index) => result === served[index]?.result)) return last.views
    const views = makers.map(({ view, own, columns, make }) => {
      const handles = own.map((index): KeyHandle => {
        const { loaded, result } = served[index] as Served
        return { key: keys[index] as DeclaredKey, loaded, result, context }
      })
      const made = make(own.map((index) => (served[index] as Served).value))
      recordView(made, { name: titles[view], columns, handles })
      return [view, made] as const
    })
    last = { served, views: Object.freeze(Object.fromEntries(views)) }
    return last.views
  }
}
