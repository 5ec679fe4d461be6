import type { Command } from 'commander'
import { findFiles } from '../migrate/find-files.ts'
import type { Migrated } from '../migrate/report.ts'
import { colouredDiff } from '../print/coloured-diff.ts'
import { coloured, type Output, wrapped } from '../print/output.ts'

interface MigrateOptions {
  readonly write: boolean | undefined
  readonly json: boolean | undefined
}

/** What is different for everybody, whatever the file. */
const everywhere =
  'What is different everywhere: a value past maxAge is served up to an hour more while none newer can be had (staleIfError: 0 for never), what json() gives is frozen, and a read waits at most 2 seconds. docs/migrating.md of the repository has the rest.'

export function addMigrate(program: Command, output: Output): void {
  program
    .command('migrate <files...>')
    .summary('from @middy/ssm, @middy/secrets-manager and Powertools parameters')
    .description(
      "Rewrites handlers that use @middy/ssm, @middy/secrets-manager or @aws-lambda-powertools/parameters, and prints what it would change as a diff; --write changes the files. Give files, folders or patterns, such as 'src/**/*.ts'. Nothing but the calls, the reads of their values and the imports is touched; the AWS SDK stays the source, sdk(). A TODO comment stands where a type or a meaning cannot be known, and what has no counterpart stays as it is and is told.\n\n--json prints an array of Migrated: file, status, diff, todos, left, notes, added, removed. The exit status is 1 where a person is needed: a TODO, something that stays, a file that cannot be parsed.",
    )
    .option('--write', 'change the files')
    .option('--json', 'print JSON instead of text')
    .action(async (places: string[], { write = false, json = false }: MigrateOptions) => {
      const files = findFiles(places)
      // The parser and the diff are for this command alone.
      const { migrateFiles } = await import('../migrate/migrate-files.ts')
      const migrated = await migrateFiles(files, write)
      if (json) output.line(JSON.stringify(migrated, undefined, 2))
      else tell(migrated, write, output)
      if (migrated.some(needsSomebody)) process.exitCode = 1
    })
}

const needsSomebody = ({ status, todos, left }: Migrated): boolean =>
  status === 'unreadable' || todos.length > 0 || left.length > 0

function tell(migrated: readonly Migrated[], isWritten: boolean, output: Output): void {
  const changed = migrated.filter(({ status }) => status === 'changed')
  if (!isWritten) for (const { diff } of changed) output.line(colouredDiff(diff.replace(/\n$/, '')))
  for (const { file, todos, left, notes } of migrated) {
    for (const { line, message } of left) aside(output, 'red', '✗', `${file}:${line}: stays: ${message}`)
    for (const { line, message } of todos) aside(output, 'yellow', '?', `${file}:${line}: TODO: ${message}`)
    for (const note of notes) aside(output, 'dim', '·', `${file}: ${note}`)
  }
  if (changed.length > 0) aside(output, 'dim', '·', everywhere)
  const added = [...new Set(changed.flatMap((each) => each.added))].sort()
  if (added.length > 0) aside(output, 'dim', '·', `Needed from now on: npm install ${added.join(' ')}`)
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`
  const hint = isWritten || changed.length === 0 ? '' : ' (--write changes them)'
  const what = isWritten ? 'changed' : `to change${hint}`
  const waiting = migrated.filter(needsSomebody).length
  output.aside(
    `${count(migrated.length, 'file')}: ${changed.length} ${what}, ${waiting === 0 ? 'nothing to decide' : `${waiting} to look at`}`,
  )
}

function aside(output: Output, colour: 'red' | 'yellow' | 'dim', mark: string, text: string): void {
  output.aside(`${coloured(colour, mark, process.stderr)} ${wrapped(text, output.width, '  ')}`)
}
