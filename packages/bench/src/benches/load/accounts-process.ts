// So many stand-ins in one process of their own: each environment has a layer with a cache to itself.
import { once } from 'node:events'
import { type Local, startLocal } from '@secrets-cache/local'
import { values } from '../../values.ts'

export type Told =
  | { readonly start: number; readonly variables: Readonly<Record<string, string>> }
  | { readonly stop: true }

/** Calls that AWS had to answer, and requests to the layers. */
export interface Counts {
  readonly aws: number
  readonly layer: number
}

let accounts: Local[] = []

const sum = (countOf: (local: Local) => number) =>
  accounts.reduce((total, local) => total + countOf(local), 0)

async function answer(told: Told): Promise<unknown> {
  if ('start' in told) {
    while (accounts.length < told.start) {
      accounts.push(await startLocal({ ...values(), environment: told.variables }))
    }
    return accounts.map(({ environment }) => environment)
  }
  const counts: Counts = {
    aws: sum(({ calls }) => calls.upstream),
    layer: sum(({ calls: { layer } }) => layer.secretsmanager + layer.systemsmanager),
  }
  await Promise.all(accounts.map((local) => local.close()))
  accounts = []
  return counts
}

process.on('message', async (told: Told) => process.send?.(await answer(told)))
await once(process, 'disconnect')
process.exit()
