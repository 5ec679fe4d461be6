import type { FaultField } from './catalogue.ts'

/** A scope as it is typed. */
export interface ScopeTexts {
  readonly ids: string
  readonly times: string
  readonly seconds: string
  readonly at: string
}

/** No limits. */
export const EVERYTHING: ScopeTexts = { ids: '', times: '', seconds: '', at: '' }

const number = (label: string, text: string): number => {
  if (!/^\d+(\.\d+)?$/.test(text.trim())) throw new Error(`${label}: give a number, not “${text}”.`)
  return Number(text)
}

/** The scope that the stand-in takes; what is empty is left out. */
export const scopeFrom = ({ ids, times, seconds, at }: ScopeTexts): object => {
  const names = ids.split(',').flatMap((name) => name.trim() || [])
  return {
    ...(names.length > 0 ? { ids: names } : {}),
    ...(times ? { times: number('Requests', times) } : {}),
    ...(seconds ? { milliseconds: number('Seconds', seconds) * 1000 } : {}),
    ...(at ? { at } : {}),
  }
}

export const settingsFrom = (
  fields: readonly FaultField[],
  texts: Readonly<Record<string, string>>,
): object =>
  Object.fromEntries(
    fields.flatMap(({ name, label, isNumber, isOptional }) => {
      const text = texts[name] ?? ''
      if (text === '' && isOptional) return []
      if (text === '') throw new Error(`${label}: give a value.`)
      return [[name, isNumber ? number(label, text) : text]]
    }),
  )
