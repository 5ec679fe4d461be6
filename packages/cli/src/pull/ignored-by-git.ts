import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { appendFile, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { UsageError } from '../usage-error.ts'

const run = promisify(execFile)

/** Makes sure that git never takes a file: adds it to .gitignore where it must. Gives what was done. */
export async function ignoredByGit(file: string): Promise<'ignored' | 'added' | 'no-repository'> {
  const path = resolve(file)
  const folder = dirname(path)
  if (!isInRepository(folder)) return 'no-repository'
  if (await git(folder, ['ls-files', '--error-unmatch', '--', path])) {
    throw new UsageError(`${file} is tracked by git: choose another name, or git rm --cached it.`)
  }
  if (await git(folder, ['check-ignore', '--quiet', '--', path])) return 'ignored'
  await addTo(join(folder, '.gitignore'), `/${basename(path)}`)
  if (await git(folder, ['check-ignore', '--quiet', '--', path])) return 'added'
  throw new UsageError(`${file} is not ignored by git, though it is in .gitignore: choose another name.`)
}

function isInRepository(folder: string): boolean {
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(join(above, '.git'))) return true
    if (above === dirname(above)) return false
  }
}

/** Whether git says yes. */
async function git(folder: string, args: readonly string[]): Promise<boolean> {
  try {
    await run('git', args, { cwd: folder })
    return true
  } catch (error) {
    const { code } = error as { code?: number | string }
    if (code === 1) return false
    throw new UsageError(
      `git does not tell whether it ignores the file (${code}): write it outside of the repository.`,
    )
  }
}

async function addTo(file: string, line: string): Promise<void> {
  const before = existsSync(file) ? await readFile(file, 'utf8') : ''
  await appendFile(file, `${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`)
}
