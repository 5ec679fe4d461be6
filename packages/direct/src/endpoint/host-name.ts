import type { AwsService } from '@secrets-cache/core/internal/aws'

/** Which of the endpoints of a service is meant. */
export interface Variant {
  /** One whose cryptography is validated by FIPS 140. */
  readonly fips: boolean
  /** One that has IPv6 addresses too. */
  readonly dualStack: boolean
}

interface Partition {
  readonly name: string
  /** What the names of its Regions begin with. */
  readonly prefix: string
  readonly suffix: string
  readonly dualStackSuffix: string
}

/** AWS's partitions, as its SDKs know them. */
const partitions: readonly Partition[] = [
  ['aws-cn', 'cn-', 'amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
  ['aws-us-gov', 'us-gov-', 'amazonaws.com', 'api.aws'],
  ['aws-iso', 'us-iso-', 'c2s.ic.gov', 'api.aws.ic.gov'],
  ['aws-iso-b', 'us-isob-', 'sc2s.sgov.gov', 'api.aws.scloud'],
  ['aws-iso-e', 'eu-isoe-', 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
  ['aws-iso-f', 'us-isof-', 'csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
  ['aws-eusc', 'eusc-', 'amazonaws.eu', 'api.amazonwebservices.eu'],
  // Every other Region, one that is newer than this list included.
  ['aws', '', 'amazonaws.com', 'api.aws'],
].map(([name = '', prefix = '', suffix = '', dualStackSuffix = '']) => ({
  name,
  prefix,
  suffix,
  dualStackSuffix,
}))

/** The host of a service in a Region. The tests compare it with the rules of the SDK's own clients. */
export function hostName(service: AwsService, region: string, variant: Variant): string {
  const partition = partitions.find(({ prefix }) => region.startsWith(prefix)) as Partition
  const { fips, dualStack } = variant
  const suffix = dualStack && hasDualStackHost(service, partition, fips) ? 'dualStackSuffix' : 'suffix'
  const isFipsHost = fips && (dualStack || !isFipsAnyway(service, partition))
  return `${service}${isFipsHost ? '-fips' : ''}.${region}.${partition[suffix]}`
}

/** The usual hosts of Secrets Manager have IPv6 addresses themselves, in these partitions. */
function hasDualStackHost(service: AwsService, { name }: Partition, fips: boolean): boolean {
  if (service === 'ssm') return true
  return name === 'aws-cn' ? fips : name !== 'aws' && name !== 'aws-us-gov'
}

/** The usual hosts of Parameter Store in GovCloud are FIPS hosts. */
function isFipsAnyway(service: AwsService, { name }: Partition): boolean {
  return service === 'ssm' && name === 'aws-us-gov'
}
