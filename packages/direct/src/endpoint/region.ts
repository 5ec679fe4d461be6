import { ConfigurationError } from '@secrets-cache/core'

/** Letters, digits and hyphens: what can be part of a host name and of a signature. Emulators take any such name. */
export function isRegionName(given: unknown): given is string {
  return typeof given === 'string' && /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(given)
}

/** @throws ConfigurationError where there is no Region, or one that cannot be */
export function checkedRegion(region: string | undefined): string {
  if (!region) {
    throw new ConfigurationError({
      reason: 'the Region is missing',
      remedy: 'Set AWS_REGION, or pass direct({ region }).',
    })
  }
  if (isRegionName(region)) return region
  throw new ConfigurationError({
    reason: 'AWS_REGION is not the name of a Region',
    remedy: 'Give a Region such as "eu-west-1".',
  })
}
