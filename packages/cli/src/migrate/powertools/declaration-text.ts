import { afterImports } from '../source/finish-imports.ts'
import type { Source } from '../source/source.ts'
import { referenceText } from './reference-text.ts'
import type { DeclaredValue, Reader } from './wanted.ts'

/** Writes `const values = createSecrets({ ... })`, with what is to be decided above it. */
export function declarationText(
  source: Source,
  reader: Reader,
  declared: readonly DeclaredValue[],
  shared: string | undefined,
  position: number | undefined,
): void {
  const { newline, indent, semicolon } = source.style
  const maker = source.imports.use('@secrets-cache/core', 'createSecrets')
  const views = (['secrets', 'parameters'] as const).flatMap((view) => {
    const own = declared.filter(({ wanted }) => wanted.view === view)
    if (own.length === 0) return []
    const entries = own.map(({ key, wanted }) => `${key}: ${referenceText(source, wanted, shared)}`)
    return [`${view}: ${objectText(source, entries, indent)}`]
  })
  const options = [
    `source: ${reader.source}`,
    ...(shared === undefined ? [] : [`maxAge: ${shared}`]),
    ...views,
  ]
  const made = `${maker}(${declared.length === 0 ? `{ ${options.join(', ')} }` : objectText(source, options, '', true)})`
  const remarks = remarksOf(reader, source.isTypeScript)
  if (reader.provider) {
    const init = reader.provider.get('declarations.0.init') as typeof reader.provider
    source.replace(Number(init.node.start), Number(init.node.end), made)
    for (const remark of remarks) source.todo(reader.provider, remark)
    return
  }
  const comments = remarks.map((remark) => `// TODO(secrets-cache): ${remark}${newline}`).join('')
  const line = reader.asked[0]?.call.node.loc?.start.line ?? 1
  source.todos.push(...remarks.map((message) => ({ line, message })))
  const text = `${comments}const ${reader.name} = ${made}${semicolon}${newline}`
  const at = position ?? afterImports(source)
  source.insertBefore(at, position === undefined ? `${newline}${text}` : `${text}${newline}`)
}

function objectText(source: Source, entries: readonly string[], base: string, isLong = false): string {
  const inline = `{ ${entries.join(', ')} }`
  if (!isLong && inline.length < 90) return inline
  const { newline, indent } = source.style
  return `{${newline}${entries.map((each) => `${base}${indent}${each},${newline}`).join('')}${base}}`
}

function remarksOf({ asked }: Reader, isTypeScript: boolean): readonly string[] {
  const all = asked.flatMap(({ wanted }) => wanted)
  const remarks: string[] = []
  if (all.some(({ maxAge, options }) => maxAge === undefined && !options.includes('maxAge: 0')))
    remarks.push(
      '5 seconds are the default of Powertools, unless POWERTOOLS_PARAMETERS_MAX_AGE says otherwise; here it is 300.',
    )
  if (all.some(({ isDoubtful }) => isDoubtful))
    remarks.push(
      'a parameter that is a StringList is refused as text, which Powertools gave: declare list().',
    )
  if (all.some(({ format }) => format === 'tree'))
    remarks.push('a StringList in a tree() is an array; Powertools gave its text.')
  if (isTypeScript && all.some(({ format, type }) => format === 'json' && type === undefined))
    remarks.push('json<T>() gives a value its type.')
  return remarks
}
