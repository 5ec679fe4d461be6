/** What the README shows of the table of faults: three of its columns, five of its rows. */
export function shortTable(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [head = [], ...others] = rows
  const columns = ['`npm run faults`', 'extension()', '@middy/ssm', '@aws-lambda-powertools/parameters'].map(
    (wanted) => head.findIndex((title) => title.startsWith(wanted)),
  )
  const shown = shownRows.map((wanted) => others.find(([name]) => name === wanted))
  return [head, ...shown].map((row) => columns.map((column) => row?.[column] ?? ''))
}

const shownRows = [
  'survived: outages',
  'survived: refusals',
  'survived: values',
  'faults survived',
  'faults that gave a value or the token away',
]
