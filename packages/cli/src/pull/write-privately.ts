import { randomUUID } from 'node:crypto'
import { link, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UsageError } from '../usage-error.ts'

/** Writes a file that only its owner can read, whole or not at all; an existing one is replaced only by `force`. */
export async function writePrivately(file: string, text: string, force: boolean): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}`)
  try {
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx' })
    // A link fails where the file exists, in one step; a rename replaces it.
    await (force ? rename(temporary, file) : link(temporary, file))
  } catch (error) {
    throw new UsageError(`${file} ${reasonOf(error as NodeJS.ErrnoException)}`)
  } finally {
    await rm(temporary, { force: true })
  }
}

function reasonOf({ code }: NodeJS.ErrnoException): string {
  return code === 'EEXIST' ? 'exists already: --force replaces it.' : `cannot be written (${code}).`
}
