import { existsSync } from 'node:fs'
import { nearest } from '@secrets-cache/core/internal'
import type { Command } from 'commander'
import { findingsFor } from '../check/finding.ts'
import { givenEnvironment } from '../functions/environment.ts'
import { checkShared, type Graph, type GraphNode, graphOf, sharedBy } from '../graph/graph.ts'
import { mermaid } from '../graph/mermaid.ts'
import { readShared } from '../graph/read-shared.ts'
import { svg } from '../graph/svg.ts'
import { findingLine, isBad, sorted } from '../print/findings.ts'
import type { Output } from '../print/output.ts'
import { table } from '../print/table.ts'
import { UsageError } from '../usage-error.ts'
import { wordIn } from './choice.ts'
import { type FunctionOptions, withFunctionOptions, withRepeated } from './function-options.ts'
import { load } from './load.ts'

interface GraphOptions extends FunctionOptions {
  readonly format: (typeof formats)[number]
  readonly shared: readonly string[]
}

const formats = ['table', 'mermaid', 'svg', 'json'] as const

export function addGraph(program: Command, output: Output): void {
  const command = withFunctionOptions(program.command('graph [id-or-functions...]'))
    .summary('which function uses which secret')
    .description(
      'Shows which functions use which secret or parameter. With an id it shows what a rotation of it touches: each function, and how long it may hold the old value.\n\n--json prints a Graph: nodes (kind, id, users), unused and undeclared.',
    )
    .option('--format <name>', 'table, mermaid, svg or json', wordIn(formats), 'table')
  withRepeated(
    command,
    '--shared <module>',
    'a file or folder of shared declarations: what nobody uses of it, and what is used and not in it, is something to mend; by default it is noted of the modules that functions share',
  )
  command.action(async (given: string[], options: GraphOptions) => {
    // What is there as a file, or is a pattern, is a place of functions; anything else is an id.
    const isPlace = (text: string) => existsSync(text) || /[*?{}[\]]/.test(text)
    const [id, ...more] = given.filter((text) => !isPlace(text))
    if (more.length > 0)
      throw new UsageError(
        `graph takes one id, and was given ${[id, ...more].join(' and ')}: none is a file or folder.`,
      )
    const isNamed = options.shared.length > 0
    const { reads, findings } = await load(given.filter(isPlace), options, { tellsShared: !isNamed })
    const named = await readShared(
      options.shared,
      givenEnvironment(options.envFile, options.env),
      options.timeout,
    )
    const used = graphOf(reads)
    const whole = checkShared(used, named ?? sharedBy(reads, used))
    const graph = id === undefined ? whole : onlyOf(whole, id)
    const format = options.json ? 'json' : options.format
    output.line(written(graph, format, id !== undefined, output.width))
    const tell = findingsFor(undefined, 'graph')
    // Functions that are not named here may use the rest of what they share: a fault only where somebody says so.
    const severity = isNamed ? 'finding' : 'note'
    const told = [
      ...findings,
      ...graph.unused.map((key) =>
        tell(
          severity,
          `${key.export}.${key.key} (${key.id}) of ${key.file} is used by none of these functions.`,
        ),
      ),
      ...graph.undeclared.map((node) =>
        tell(severity, `${node.id} is used by ${namesOf(node)}, and is in no shared module.`),
      ),
    ]
    for (const finding of sorted(told)) output.aside(findingLine(finding, output.width, process.stderr))
    if (isBad(told)) process.exitCode = 1
  })
}

function onlyOf(graph: Graph, id: string): Graph {
  const nodes = graph.nodes.filter((node) => node.id === id)
  if (nodes.length > 0) return { nodes, unused: [], undeclared: [] }
  const near = nearest(
    id,
    graph.nodes.map((node) => node.id),
  )
  throw new UsageError(`no function declares ${id}.${near === undefined ? '' : ` Did you mean ${near}?`}`)
}

const namesOf = ({ users }: GraphNode) => [...new Set(users.map((user) => user.function))].join(', ')

function written(graph: Graph, format: GraphOptions['format'], isOne: boolean, width: number): string {
  switch (format) {
    case 'json':
      return JSON.stringify(graph, undefined, 2)
    case 'mermaid':
      return mermaid(graph)
    case 'svg':
      return svg(graph)
    case 'table':
      return isOne ? rotationTable(graph, width) : usersTable(graph, width)
  }
}

function usersTable({ nodes }: Graph, width: number): string {
  const rows = nodes.map((node) => [node.id, node.kind, namesOf(node)])
  return table(['ID', 'KIND', 'USED BY'], rows, width)
}

function rotationTable({ nodes }: Graph, width: number): string {
  const rows = nodes.flatMap(({ users }) =>
    users.map((user) => [
      user.function,
      `${user.view}.${user.key}`,
      `${user.worstAge} s`,
      user.refreshable ? 'yes' : `no, ${user.source} cannot fetch past its cache`,
    ]),
  )
  return table(['FUNCTION', 'KEY', 'OLD VALUE FOR', 'RETRYONROTATION'], rows, width)
}
