import { randomBytes } from 'node:crypto'
import { generateLike, type Local } from '@secrets-cache/local/internal'
import type { createEnvironment } from '../environment.ts'
import type { Command } from './commands.ts'

export type Actions = ReturnType<typeof createActions>

/** Milliseconds for which the layer is not ready after INIT. */
const NOT_READY = 500

/** Changes a person wants before the next invocation. */
export const createActions = (local: Local) => {
  const { account, faults } = local
  const denied = new Map<string, { readonly clear: () => void }>()
  let isNotReadyNext = false

  /** The ids of the account, secrets first. */
  const ids = (): readonly string[] => [
    ...account.secrets.list().map(({ name }) => name),
    ...account.parameters.list().map(({ name }) => name),
  ]

  const rotate = (id: string): string => {
    const secret = account.secrets.find(id)
    const held = secret && [...secret.versions.values()].find(({ stages }) => stages.has('AWSCURRENT'))
    const old = held?.value ?? account.parameters.find(id)?.versions.at(-1)?.value ?? ''
    local.rotate(
      id,
      typeof old === 'string' ? generateLike(old) : Uint8Array.from(randomBytes(old.byteLength)),
    )
    return `rotated ${id}; until their times are over, the layer and the function keep the old value (f: forget it)`
  }

  const deny = (id: string): string => {
    const before = denied.get(id)
    if (before) {
      before.clear()
      denied.delete(id)
      return `${id} is allowed again`
    }
    denied.set(id, faults.deny(id))
    return `${id} is denied (d allows it again)`
  }

  return {
    ids,
    /** Whether a command is about one id, which a person has to choose. */
    needsId: ({ name }: Command): boolean => name === 'rotate' || name === 'deny',
    /** Does it, and gives what there is to say of it. */
    perform: async (
      { name, id = '' }: Command,
      environment: ReturnType<typeof createEnvironment>,
    ): Promise<string | undefined> => {
      if (name === 'rotate') return rotate(id)
      if (name === 'deny') return deny(id)
      if (name === 'forget') environment.forget()
      if (name === 'cold' || name === 'not ready') await environment.end()
      isNotReadyNext = name === 'not ready'
      return name === 'not ready' ? `the layer is not ready for ${NOT_READY} ms after INIT` : undefined
    },
    afterInit: (): void => {
      if (isNotReadyNext) faults.notReady(NOT_READY)
      isNotReadyNext = false
    },
    /** What is denied now. */
    active: (): string | undefined =>
      denied.size === 0 ? undefined : `denied: ${[...denied.keys()].join(', ')}`,
  }
}
