/** A handler under measure: what it reads from, and what was set. Each is a file of this folder. */
export interface Subject {
  readonly name: string
  readonly file: string
  readonly reads: 'nothing' | 'layer' | 'aws'
  readonly settings: string
  readonly isOurs?: boolean
}

const subjectList = {
  noop: {
    name: 'Middy alone',
    file: 'noop.ts',
    reads: 'nothing',
    settings: 'a before-hook that does nothing',
  },
  assigned: {
    name: 'two objects on the context',
    file: 'assigned.ts',
    reads: 'nothing',
    settings: 'a before-hook that assigns them',
  },
  extension: {
    name: 'extension()',
    file: 'extension.ts',
    reads: 'layer',
    settings: 'secretsCache({ secrets, parameters })',
    isOurs: true,
  },
  sdk: {
    name: 'sdk()',
    file: 'sdk.ts',
    reads: 'aws',
    settings: 'secretsCache({ source: sdk(), secrets, parameters })',
    isOurs: true,
  },
  staticSdk: {
    name: 'sdk() of /static',
    file: 'static-sdk.ts',
    reads: 'aws',
    settings: "the same, from '@secrets-cache/sdk/static'",
    isOurs: true,
  },
  plain: {
    name: 'createSecrets()',
    file: 'plain.ts',
    reads: 'layer',
    settings: 'createSecrets({ source: extension() }), without Middy',
    isOurs: true,
  },
  http: {
    name: 'node:http by hand',
    file: 'http-by-hand.ts',
    reads: 'layer',
    settings: 'the layer alone; connections kept alive, no cache in the process',
  },
  fetch: {
    name: 'fetch by hand',
    file: 'fetch-by-hand.ts',
    reads: 'layer',
    settings: 'the layer alone; no cache in the process',
  },
  bareSdk: {
    name: 'AWS SDK each time',
    file: 'bare-sdk.ts',
    reads: 'aws',
    settings: 'GetSecretValue each, GetParameters in tens, all at once',
  },
  keptSdk: {
    name: 'AWS SDK once',
    file: 'kept-sdk.ts',
    reads: 'aws',
    settings: 'the same, begun at INIT and kept for ever',
  },
  middyAws: {
    name: '@middy/ssm, secrets-manager',
    file: 'middy-aws.ts',
    reads: 'aws',
    settings: 'setToContext, prefetch, a cacheKey each, cacheExpiry = maxAge',
  },
  powertools: {
    name: 'Powertools parameters',
    file: 'powertools.ts',
    reads: 'aws',
    settings: 'getSecret each, getParametersByName, maxAge',
  },
} as const satisfies Record<string, Subject>

export const subjects: Readonly<Record<keyof typeof subjectList, Subject>> = subjectList

export const urlOf = ({ file }: Subject): string => new URL(file, import.meta.url).href
