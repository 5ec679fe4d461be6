import type { Source } from '../source/source.ts'
import type { Declared } from './format-of.ts'
import type { Site } from './site.ts'

/** What the file does not show, above the names. */
export function tellDoubts(source: Source, { kind, fetchData }: Site, declared: readonly Declared[]): void {
  const of = (doubt: Declared['doubt']) =>
    declared.filter((each) => each.doubt === doubt).map(({ key }) => key.name)
  const tell = (names: readonly string[], message: (names: string) => string) => {
    if (names.length > 0) source.todo(fetchData, message(names.join(', ')))
  }
  const kinds = kind === 'ssm' ? 'json() if it is JSON, list() if it is a StringList' : 'json() if it is JSON'
  tell(
    of('kind'),
    (names) => `Middy tells by the value what it is, here it is declared. ${names}: text, ${kinds}.`,
  )
  tell(
    of('list'),
    (names) => `${names}: list() is right for a StringList; json<string[]>() if it is a JSON array.`,
  )
  tell(of('type'), (names) => `${names}: json<T>() gives it a type.`)
  tell(
    of('tree'),
    (names) =>
      `${names}: a key is the rest of the name now, "db/host" where it was db_host, and JSON is not parsed.`,
  )
}
