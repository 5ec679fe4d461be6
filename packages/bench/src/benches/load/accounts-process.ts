// Runs several stand-ins in a process of their own, so that each environment has its own layer and cache.
import { once } from 'node:events'
import { type Local, startLocal } from '@secrets-cache/local'
import { values } from '../../values.ts'

export type AccountsOrder =
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

async function answer(order: AccountsOrder): Promise<unknown> {
  if ('start' in order) {
    while (accounts.length < order.start) {
      accounts.push(await startLocal({ ...values(), environment: order.variables }))
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

process.on('message', async (order: AccountsOrder) => process.send?.(await answer(order)))
await once(process, 'disconnect')
process.exit()
