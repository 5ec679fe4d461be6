import type { Graph } from './graph.ts'

/** The graph for Mermaid: functions to the left, what they use to the right. */
export function mermaid({ nodes }: Graph): string {
  const functions = [...new Set(nodes.flatMap(({ users }) => users.map((user) => user.function)))].sort()
  const edges = nodes.flatMap(({ users }, index) =>
    [...new Set(users.map((user) => user.function))].map(
      (name) => `  f${functions.indexOf(name)} --> s${index}`,
    ),
  )
  return [
    'flowchart LR',
    ...functions.map((name, index) => `  f${index}["${quoted(name)}"]`),
    ...nodes.map(({ id, kind }, index) =>
      kind === 'secret' ? `  s${index}(["${quoted(id)}"])` : `  s${index}[/"${quoted(id)}"/]`,
    ),
    ...edges,
  ].join('\n')
}

/** Mermaid ends a text at a quote, and reads `#` as an entity. */
function quoted(text: string): string {
  return text.replaceAll('#', '#35;').replaceAll('"', '#quot;')
}
