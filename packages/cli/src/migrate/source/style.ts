/** How a file is written, so that what is added looks like the rest. */
export interface Style {
  readonly quote: "'" | '"'
  readonly semicolon: '' | ';'
  readonly newline: '\n' | '\r\n'
  /** One level of indentation. */
  readonly indent: string
}

export function styleOf(text: string): Style {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  const indent = /^(\t|[ ]{2,8})\S/m.exec(text)?.[1] ?? '  '
  return {
    quote: count(/from "|require\("/g) > count(/from '|require\('/g) ? '"' : "'",
    semicolon: count(/;\s*$/gm) > count(/(from|require\()\s*['"][^'"]+['"]\)?\s*$/gm) ? ';' : '',
    newline: count(/\r\n/g) > 0 ? '\r\n' : '\n',
    indent,
  }
}
