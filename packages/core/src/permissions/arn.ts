/** Where a name is looked up. Values, or what infrastructure code writes for them, such as `${AWS::Region}`. */
export interface ArnPlace {
  readonly partition: string
  readonly region: string
  readonly account: string
}

/** The hyphen and six characters that AWS puts after a secret's name in its ARN; `?` where they are not known. */
const suffix = /-[A-Za-z0-9?]{6}$/

/** A secret's ARN as a policy names it: exact where the whole ARN is declared, else with a pattern for its suffix. */
export function secretArn(id: string, { partition, region, account }: ArnPlace): string {
  if (!id.startsWith('arn:'))
    return `arn:${partition}:secretsmanager:${region}:${account}:secret:${id}-??????`
  return suffix.test(id) ? id : `${id}-??????`
}

export function parameterArn(id: string, { partition, region, account }: ArnPlace): string {
  if (id.startsWith('arn:')) return id
  return `arn:${partition}:ssm:${region}:${account}:parameter${id.startsWith('/') ? '' : '/'}${id}`
}

/** A path and what is below it. */
export function treeArns(path: string, place: ArnPlace): readonly string[] {
  if (path === '/') return [parameterArn('/*', place)]
  const arn = parameterArn(path, place)
  return [arn, `${arn}/*`]
}

export function keyArn(id: string, { partition, region, account }: ArnPlace): string {
  return id.startsWith('arn:') ? id : `arn:${partition}:kms:${region}:${account}:key/${id}`
}
