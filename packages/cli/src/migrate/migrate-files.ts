import { readFile, writeFile } from 'node:fs/promises'
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { migrateText } from './migrate-text.ts'
import type { Migrated } from './report.ts'
import { ParseError } from './source/parse.ts'

/** Migrates files, each by itself; with `isWritten` what has changed is written. One that cannot be read is told. */
export async function migrateFiles(
  files: readonly string[],
  isWritten: boolean,
): Promise<readonly Migrated[]> {
  const migrated: Migrated[] = []
  for (const file of files) migrated.push(await migrateFile(file, isWritten))
  return migrated
}

async function migrateFile(file: string, isWritten: boolean): Promise<Migrated> {
  const unchanged = { file, diff: '', todos: [], left: [], notes: [], added: [], removed: [] }
  try {
    const before = await readFile(file, 'utf8')
    const { text, ...told } = migrateText(before, file)
    if (text === before) return { ...unchanged, ...told, status: 'unchanged' }
    if (isWritten) await writeFile(file, text)
    return { file, status: 'changed', diff: diffOf(file, before, text), ...told }
  } catch (error) {
    if (error instanceof ParseError) return unreadable(`it cannot be parsed: ${error.message}`)
    const { code } = error as NodeJS.ErrnoException
    if (typeof code === 'string' && /^E[A-Z]+$/.test(code))
      return unreadable(`it cannot be read or written (${code})`)
    // A fault of ours in one file is no reason to leave the others.
    const { name, message } = error as Error
    return unreadable(
      `it cannot be migrated, which is a fault of this command: ${name}: ${message.split('\n')[0]}`,
    )
  }

  function unreadable(message: string): Migrated {
    return { ...unchanged, status: 'unreadable', left: [{ line: 1, message: `${message}.` }] }
  }
}

/** As git writes it, so that `git apply` takes it. */
function diffOf(file: string, before: string, after: string): string {
  const path = file.replaceAll('\\', '/')
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  })
}
