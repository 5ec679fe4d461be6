import { Document, Scalar, type YAMLMap } from 'yaml'
import { documentOf } from './json.ts'
import type { Policy } from './policies.ts'

/** `Policies` for each function of a SAM template, by its name. */
export function asSam(policies: readonly Policy[]): string {
  // CloudFormation reads YAML 1.1, in which the policy language's version would be a date.
  const document = new Document({}, { schema: 'yaml-1.1' })
  for (const { name, statements } of policies) {
    document.set(name, { Policies: [documentOf(statements)] })
  }
  document.contents = withShortForms(document.createNode(document.toJS())) as YAMLMap as never
  return document.toString({ lineWidth: 0 }).trimEnd()
}

/** `{ "Fn::Sub": "x" }` is `!Sub x` in YAML. */
function withShortForms(node: unknown): unknown {
  const { items } = node as { items?: unknown[] }
  if (!Array.isArray(items)) return node
  for (const [index, item] of items.entries()) {
    const pair = item as { key?: unknown; value?: unknown }
    if (pair.key === undefined) items[index] = shortForm(item) ?? withShortForms(item)
    else pair.value = shortForm(pair.value) ?? withShortForms(pair.value)
  }
  return node
}

function shortForm(node: unknown): Scalar | undefined {
  const { items } = (node ?? {}) as { items?: { key?: { value?: unknown }; value?: { value?: unknown } }[] }
  const [only, ...more] = Array.isArray(items) ? items : []
  if (only?.key?.value !== 'Fn::Sub' || more.length > 0) return undefined
  const scalar = new Scalar(only.value?.value)
  scalar.tag = '!Sub'
  return scalar
}
