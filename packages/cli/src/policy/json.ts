import type { Statement } from '@secrets-cache/core/internal/permissions'
import type { FunctionPolicy, Policy } from './policies.ts'

/** Values that are written as pseudo-parameters need CloudFormation's Fn::Sub; others are plain text. */
const written = (text: string): unknown => (text.includes('${') ? { 'Fn::Sub': text } : text)

const oneOrMore = (texts: readonly string[]): unknown => {
  const all = texts.map(written)
  return all.length === 1 ? all[0] : all
}

export function documentOf(statements: readonly Statement[]): FunctionPolicy['policy'] {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ sid, actions, resources, condition }) => ({
      Sid: sid,
      Effect: 'Allow',
      Action: actions.length === 1 ? actions[0] : actions,
      Resource: oneOrMore(resources),
      ...(condition && { Condition: condition }),
    })),
  }
}

/** An array with a policy for each function; the document alone where they are merged. */
export function asJson(policies: readonly Policy[], isMerged: boolean): string {
  const documents = policies.map(({ name, file, statements }) => ({
    function: name,
    file,
    policy: documentOf(statements),
  }))
  return JSON.stringify(isMerged ? (documents[0]?.policy ?? documentOf([])) : documents, undefined, 2)
}
