import type { Fields } from './parse-template.ts'
import type { Resolver } from './resolve.ts'
import type { RoleView } from './role-view.ts'

/** SAM's policy templates that allow reading the two services; the others allow nothing of them. */
export function samPolicy(name: string, values: Fields, { partition, region, account }: Resolver): RoleView {
  const value = (key: string) => String(values[key] ?? '')
  const ssm = `arn:${partition}:ssm:${region}:${account}:parameter`
  const readParameters = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath']
  switch (name) {
    case 'AWSSecretsManagerGetSecretValuePolicy':
      return allow(name, ['secretsmanager:GetSecretValue'], value('SecretArn'))
    case 'SSMParameterReadPolicy':
      return allow(name, readParameters, `${ssm}/${value('ParameterName')}`)
    case 'SSMParameterWithSlashPrefixReadPolicy':
      return allow(name, readParameters, `${ssm}${value('ParameterName')}`)
    case 'KMSDecryptPolicy':
      return allow(name, ['kms:Decrypt'], `arn:${partition}:kms:${region}:${account}:key/${value('KeyId')}`)
    default:
      return {
        statements: [],
        unseen: /Secret|SSM|Parameter/.test(name) ? [`the policy template ${name}`] : [],
      }
  }
}

function allow(name: string, actions: readonly string[], resource: string): RoleView {
  const statement = {
    where: `the policy template ${name}`,
    effect: 'Allow' as const,
    actions,
    notActions: [],
    resources: [resource],
    notResources: [],
    hasCondition: false,
  }
  return { statements: [statement], unseen: [] }
}
