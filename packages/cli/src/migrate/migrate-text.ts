import { migrateMiddy } from './middy/migrate-middy.ts'
import { packages } from './middy/site.ts'
import { migratePowertools } from './powertools/migrate-powertools.ts'
import type { Migrated } from './report.ts'
import { dropUnused } from './source/drop-unused.ts'
import { finishImports } from './source/finish-imports.ts'
import { tellOtherMentions } from './source/other-mentions.ts'
import { Source } from './source/source.ts'

/** What became of a text. */
export interface MigratedText extends Pick<Migrated, 'todos' | 'left' | 'notes' | 'added' | 'removed'> {
  readonly text: string
}

const powertools = '@aws-lambda-powertools/parameters'
const isPeer = (module: string): boolean => module in packages || services.test(module)
const services = /^@aws-lambda-powertools\/parameters(\/(secrets|ssm))?$/
const mentioned = /(@middy\/(ssm|secrets-manager)|@aws-lambda-powertools\/parameters)(?![\w-])/

/** Migrates the text of one file; the same text where there is nothing to migrate. @throws {ParseError} */
export function migrateText(text: string, file: string): MigratedText {
  const nothing = { text, todos: [], left: [], notes: [], added: [], removed: [] }
  // Most files have nothing of it, and need not be parsed.
  if (!mentioned.test(text)) return nothing
  const source = new Source(text, file)
  migrateMiddy(source)
  migratePowertools(source)
  tellOtherMentions(source, isPeer)
  const left = source.left.sort((a, b) => a.line - b.line)
  if (!source.isEdited) return { ...nothing, left }
  dropUnused(source)
  const wanted = (module: string) =>
    module in packages || module === '@middy/util' || module.startsWith(powertools)
  const removed = finishImports(source, wanted)
  const added = source.imports.missing.map(({ module }) => module)
  return {
    text: source.toString(),
    todos: source.todos.sort((a, b) => a.line - b.line),
    left,
    notes: [...source.notes],
    added,
    removed: removed.filter((module) => module !== '@middy/util'),
  }
}
