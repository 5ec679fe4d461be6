import type { ParameterReference } from '../declare/reference.ts'

/** The name as Parameter Store takes it, with `:3` or `:label` at its end. */
export function selectedName({ id, version, label }: ParameterReference): string {
  const selector = version ?? label
  return selector === undefined ? id : `${id}:${selector}`
}

/**
 * Whether the id itself ends in a version or a label. A name has no other colon; an ARN has five, and one more in
 * front of its selector. A name that holds an ARN after `/aws/reference/secretsmanager/` counts as one with a selector.
 */
export function hasSelector(id: string): boolean {
  return id.split(':').length > (id.startsWith('arn:') ? 6 : 1)
}

/**
 * The ARN that a parameter shares with its other names. Where the name has a selector there is none: AWS answers
 * with the ARN of the parameter alone, and by that `name:3` and `name` would be taken for one thing.
 */
export function sharedArn(asked: string, arn: string | undefined): string | undefined {
  return hasSelector(asked) ? undefined : arn
}
