import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Reference } from '@secrets-cache/core'
import type { ContractSetup } from '@secrets-cache/core/testing'
import { files } from './source.ts'

const secret = (id: string): Reference => ({ kind: 'secret', id })

/** What the contract needs: a source, what its backend holds, and what it does not hold. */
export async function setup(folder: string): Promise<ContractSetup> {
  await mkdir(join(folder, 'contract'), { recursive: true })
  await writeFile(join(folder, 'contract/one'), 'first value')
  await writeFile(join(folder, 'contract/two'), '')
  return {
    source: () => files(folder),
    known: [
      { reference: secret('contract/one'), value: 'first value' },
      { reference: secret('contract/two'), value: '' },
    ],
    missing: [secret('contract/three'), secret('../contract/one')],
  }
}
