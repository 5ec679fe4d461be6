// The shapes of what `--json` prints. What the commands do has no other interface than the command line.
export type { KeyCheck } from './account/check-values.ts'
export type { Finding } from './check/finding.ts'
export type { ListedKey } from './commands/listed-key.ts'
export type { Graph, GraphNode, GraphUser, SharedKey } from './graph/graph.ts'
export type { Migrated, Remark } from './migrate/report.ts'
export type { FunctionPolicy } from './policy/policies.ts'
