import { describeDeclared } from '@secrets-cache/core'
import type { SharedDeclaration } from '../report.ts'

/** What a module exports of `defineSecrets` and `defineParameters`: frozen objects of names and references. */
export function collectDeclarations(loaded: Readonly<Record<string, unknown>>): readonly SharedDeclaration[] {
  return Object.entries(loaded).flatMap(([name, exported]) => {
    if (typeof exported !== 'object' || exported === null || !Object.isFrozen(exported)) return []
    const keys = Object.entries(exported).map(([key, declared]) => ({ name, key, id: idOf(declared) }))
    const known = keys.filter((each): each is SharedDeclaration => each.id !== undefined)
    // An object with anything else in it is no declaration.
    return known.length === keys.length ? known : []
  })
}

/** The id as a reader would ask for it. Which view it is for does not show. */
function idOf(declared: unknown): string | undefined {
  for (const view of ['parameters', 'secrets'] as const) {
    try {
      const [description] = describeDeclared({ [view]: { declared } } as Parameters<
        typeof describeDeclared
      >[0])
      if (description) return description.id
    } catch {}
  }
  return undefined
}
