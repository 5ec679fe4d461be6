import type { ParameterReference } from '@secrets-cache/core'

/** The name as Parameter Store takes it, with `:3` or `:label` at its end. */
export function selectedName({ id, version, label }: ParameterReference): string {
  const selector = version ?? label
  return selector === undefined ? id : `${id}:${selector}`
}

/** Whether the id itself ends in a selector. A name has no colon, an ARN has five. */
export function hasSelector(id: string): boolean {
  return id.split(':').length > (id.startsWith('arn:') ? 6 : 1)
}
