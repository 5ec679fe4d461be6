import type { Secret } from '../../account/secrets.ts'
import { flagOf, numberOf, requiredText, seconds, textOf } from '../input.ts'
import type { Operation } from '../operation.ts'
import { pageOf } from '../pages.ts'
import { matchesFilters } from './filters.ts'

export const describeSecret: Operation = (input, { account, authorise }) => {
  const id = requiredText(input, 'SecretId')
  authorise('secretsmanager:DescribeSecret', id)
  const secret = account.secrets.get(id)
  return { ...described(secret), VersionIdsToStages: stages(secret) }
}

export const listSecrets: Operation = (input, { account }) => {
  const planned = flagOf(input, 'IncludePlannedDeletion')
  const found = account.secrets
    .list()
    .filter((secret) => (planned || secret.deleted === undefined) && matchesFilters(secret, input['Filters']))
  const size = numberOf(input, 'MaxResults') ?? 100
  const { items, nextToken } = pageOf(found, size, textOf(input, 'NextToken'), 'InvalidNextTokenException')
  return {
    SecretList: items.map((secret) => ({ ...described(secret), SecretVersionsToStages: stages(secret) })),
    ...(nextToken ? { NextToken: nextToken } : {}),
  }
}

const described = ({ arn, name, created, changed, deleted }: Secret) => ({
  ARN: arn,
  Name: name,
  CreatedDate: seconds(created),
  LastChangedDate: seconds(changed),
  ...(deleted === undefined ? {} : { DeletedDate: seconds(deleted) }),
})

/** AWS lists only the versions that have a stage. */
const stages = ({ versions }: Secret) =>
  Object.fromEntries(
    [...versions]
      .filter(([, version]) => version.stages.size > 0)
      .map(([id, version]) => [id, [...version.stages]]),
  )
