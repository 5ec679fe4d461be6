import { shown } from './placeholder.ts'
import type { RoleView } from './role-view.ts'

/** AWS's own policies for Lambda functions that allow nothing of the two services, by the end of their ARN. */
const harmless =
  /\b(AWSLambda(BasicExecutionRole|VPCAccessExecutionRole|SQSQueueExecutionRole|KinesisExecutionRole|DynamoDBExecutionRole|MSKExecutionRole|BasicDurableExecutionRolePolicy|Role)|AWSXRayDaemonWriteAccess|AWSXrayWriteOnlyAccess|CloudWatchLambdaInsightsExecutionRolePolicy|CloudWatchLambdaApplicationSignalsExecutionRolePolicy|AmazonS3ReadOnlyAccess|AmazonDynamoDBReadOnlyAccess)$/

/** Those that do, with what they allow of reading and writing. */
const wide: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ['*'],
  PowerUserAccess: ['secretsmanager:*', 'ssm:*'],
  ReadOnlyAccess: ['ssm:Get*'],
  SecretsManagerReadWrite: ['secretsmanager:*'],
  AmazonSSMFullAccess: ['ssm:*'],
  AmazonSSMReadOnlyAccess: ['ssm:Get*'],
}

/** A managed policy by its ARN or name. One that is not known may allow anything. */
export function managedPolicy(arn: string): RoleView {
  const name = arn.split('/').at(-1) ?? arn
  if (harmless.test(name)) return { statements: [], unseen: [] }
  const actions = wide[name]
  if (!actions) return { statements: [], unseen: [`the managed policy ${shown(arn)}`] }
  const statement = {
    where: `the managed policy ${name}`,
    effect: 'Allow' as const,
    actions,
    notActions: [],
    resources: ['*'],
    notResources: [],
    hasCondition: false,
  }
  return { statements: [statement], unseen: [] }
}
