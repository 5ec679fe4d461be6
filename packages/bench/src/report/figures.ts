import { type Subject, subjects } from '../handlers/index.ts'
import { markdownTable } from '../shared/table.ts'
import { describeMachine, type Machine } from './machine.ts'
import type { Report } from './report.ts'
import { show } from './show.ts'

/** The columns of the table, by the names under which reports give their cells. */
const columns = [
  ['calls', 'calls to AWS, 20 invocations at once: cold / warm / expired'],
  ['cold', 'cold start: INIT + first invocation'],
  ['quarter', 'the same, a quarter of a processor for the invocation'],
  ['bundle', 'bundle'],
  ['warm', 'warm invocation, 3 values, to Middy alone'],
  ['wait', 'warm wait under load, p99'],
  ['rotation', 'failed per password rotation'],
] as const

/** Of docs/choosing.md. */
const costColumns = [
  ['cold', 'INIT + first invocation, 1,769 MB'],
  ['small', 'INIT + first invocation, 256 MB'],
  ['largeBill', 'US$ per million cold starts, 1,769 MB'],
  ['smallBill', 'US$ per million cold starts, 256 MB'],
  ['warm', 'warm invocation, 3 values, to Middy alone'],
] as const

type Column = (typeof columns | typeof costColumns)[number][0]

const { extension, direct, sdk, staticSdk, middyAws, powertools, fetch, noop } = subjects

const asSdk = `as \`${sdk.name}\``

/** The rows: each choice of ours, then the peers; and why a cell is not measured, where it cannot or need not be. */
const shown: readonly (readonly [Subject, Partial<Record<Column, string>>])[] = [
  [extension, {}],
  [direct, {}],
  [sdk, {}],
  // The same code once its clients are loaded.
  [staticSdk, { calls: asSdk, warm: asSdk, wait: asSdk, rotation: asSdk }],
  [middyAws, {}],
  [powertools, {}],
  [fetch, { warm: 'has no cache' }],
]

/** Every choice with every figure: the first table of docs/bench.md. No cell is empty. */
export function figuresOf(reports: readonly Report[], machine: Machine): string {
  return tableOf(reports, machine, shown, columns)
}

/** What the README shows of it. */
export function shortFiguresOf(reports: readonly Report[], machine: Machine): string {
  const rows = shown.filter(([subject]) => shortRows.includes(subject))
  return [
    tableOf(
      reports,
      machine,
      rows,
      columns.filter(([column]) => shortColumns.includes(column)),
    ),
    '',
    '![Cold start of a function that needs 3 secrets and 12 parameters](docs/bench.svg)',
  ].join('\n')
}

/** What each choice costs: a part of docs/choosing.md. */
export function costsOf(reports: readonly Report[], machine: Machine): string {
  return tableOf(
    reports,
    machine,
    [...shown.filter(([subject]) => subject !== fetch), [noop, { warm: '1.00 x' }]],
    costColumns,
  )
}

const shortColumns: readonly Column[] = ['calls', 'cold', 'warm']
const shortRows: readonly Subject[] = [extension, direct, sdk, middyAws, powertools]

function tableOf(
  reports: readonly Report[],
  { node, processor, versions }: Machine,
  rows: typeof shown,
  wanted: readonly (readonly [Column, string])[],
): string {
  const given = reports.map(({ readme = {} }) => readme)
  const cells = rows.map(([{ name }, reasons]) => {
    const own: Readonly<Record<string, string>> = Object.assign({}, ...given.map((one) => one[name]))
    return [`\`${name}\``, ...wanted.map(([column]) => own[column] ?? reasons[column] ?? 'not measured')]
  })
  const by = ['@middy/ssm', '@middy/secrets-manager', '@aws-lambda-powertools/parameters'].map(
    (name) => `${name} ${versions[name]}`,
  )
  return [
    markdownTable([['12 parameters, 3 secrets', ...wanted.map(([, title]) => title)], ...cells]),
    '',
    `Medians of interleaved runs of \`npm run bench\`, on loopback, with ${by.join(', ')}; Node ${node}, ${processor}.`,
  ].join('\n')
}

/** docs/bench.md. */
export function page(reports: readonly Report[], where: Machine): string {
  return [
    '# Measured',
    '',
    'Written by `npm run bench -- --readme`. Ratios are what counts: the times are those of one machine.',
    '',
    '```',
    describeMachine(where),
    '```',
    '',
    figuresOf(reports, where),
    ...reports.flatMap((report) => ['', `## ${report.bench}`, '', '```', show(report), '```']),
    '',
  ].join('\n')
}
