import type { TreeReference } from '../declare/reference.ts'
import { InvalidRequestError, NotFoundError, ResponseError } from '../errors/index.ts'
import { type Fields, listOf, textOf } from '../shared/fields.ts'
import type { Outcome, RawLeaf } from '../source/source.ts'
import type { AwsResult, AwsSession } from './aws-call.ts'
import { failed, type Pending } from './batches.ts'
import { leafOf, versionOf } from './parameter-value.ts'

export function askTrees(references: readonly TreeReference[], session: AwsSession): Pending<TreeReference> {
  return references.map((reference) => [reference, askTree(reference, session)])
}

/** All parameters below a path, page after page: a page may be empty and another still follow. */
async function askTree(reference: TreeReference, { call }: AwsSession): Promise<Outcome> {
  const { id: Path, recursive: Recursive, decrypt: WithDecryption } = reference
  const parameters: Fields[] = []
  let NextToken: string | undefined
  do {
    const input = { Path, Recursive, WithDecryption, MaxResults: 10, NextToken }
    const request = { service: 'ssm', action: 'GetParametersByPath', input, references: [reference] } as const
    const result: AwsResult = await call(request)
    if (!result.ok) return result
    parameters.push(...listOf(result.output['Parameters']))
    NextToken = textOf(result.output['NextToken'])
  } while (NextToken)
  return parameters.length === 0
    ? failed(new NotFoundError({ reason: 'there is no parameter below this path' }))
    : treeOutcome(Path, parameters)
}

interface Leaf {
  readonly value: RawLeaf
  readonly version: string
}

function treeOutcome(path: string, parameters: readonly Fields[]): Outcome {
  const prefix = path === '/' ? path : `${path}/`
  const leaves = new Map<string, Leaf>()
  for (const parameter of parameters) {
    const name = String(parameter['Name'])
    const value = leafOf(parameter)
    // A name at the root may be written without its slash.
    const key = name.startsWith(prefix) ? name.slice(prefix.length) : path === '/' ? name : ''
    if (value === undefined || key === '' || leaves.has(key)) {
      return failed(new ResponseError({ reason: 'a parameter in it has no value, or not a name of its own' }))
    }
    if (key === '__proto__') {
      return failed(
        new InvalidRequestError({
          reason: 'a parameter below this path is named __proto__',
          remedy: 'Rename it, or declare the others by themselves.',
        }),
      )
    }
    leaves.set(key, { value, version: `${name}@${versionOf(parameter)}` })
  }
  const keys = [...leaves.keys()].sort()
  const of = (key: string) => leaves.get(key) as Leaf
  return {
    ok: true,
    value: Object.fromEntries(keys.map((key) => [key, of(key).value])),
    version: keys.map((key) => of(key).version).join(' '),
  }
}
