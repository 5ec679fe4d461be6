import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  NotFoundError,
  type Outcome,
  type Reference,
  type Source,
  UnreachableError,
} from '@secrets-cache/core'

/** Reads each value from the file of its name, as containers mount secrets: `/run/secrets/prod/db`. */
export function files(folder: string): Source {
  const read = async ({ id }: Reference): Promise<Outcome> => {
    try {
      if (id.split('/').includes('..')) throw Object.assign(new Error(), { code: 'ENOENT' })
      return { ok: true, value: await readFile(join(folder, id), 'utf8') }
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
      return { ok: false, error: isMissing ? new NotFoundError() : new UnreachableError() }
    }
  }
  return { name: 'files', identity: `files:${folder}`, fetch: (references) => references.map(read) }
}
