/** A handler that is measured. Each is a file of this folder. */
export interface Subject {
  readonly name: string
  readonly file: string
  readonly reads: 'nothing' | 'layer' | 'aws'
  readonly isOurs?: boolean
}

const subjectList = {
  noop: { name: 'Middy alone', file: 'noop.ts', reads: 'nothing' },
  assigned: { name: 'two objects on the context', file: 'assigned.ts', reads: 'nothing' },
  extension: { name: 'extension()', file: 'extension.ts', reads: 'layer', isOurs: true },
  direct: { name: 'direct()', file: 'direct.ts', reads: 'aws', isOurs: true },
  sdk: { name: 'sdk()', file: 'sdk.ts', reads: 'aws', isOurs: true },
  staticSdk: { name: 'sdk() of /static', file: 'static-sdk.ts', reads: 'aws', isOurs: true },
  plain: { name: 'createSecrets()', file: 'plain.ts', reads: 'layer', isOurs: true },
  http: { name: 'node:http by hand', file: 'http-by-hand.ts', reads: 'layer' },
  fetch: { name: 'fetch by hand', file: 'fetch-by-hand.ts', reads: 'layer' },
  bareSdk: { name: 'AWS SDK each time', file: 'bare-sdk.ts', reads: 'aws' },
  keptSdk: { name: 'AWS SDK once', file: 'kept-sdk.ts', reads: 'aws' },
  middyAws: { name: '@middy/ssm, secrets-manager', file: 'middy-aws.ts', reads: 'aws' },
  powertools: { name: 'Powertools parameters', file: 'powertools.ts', reads: 'aws' },
} as const satisfies Record<string, Subject>

export const subjects: Readonly<Record<keyof typeof subjectList, Subject>> = subjectList

export const urlOf = ({ file }: Subject): string => new URL(file, import.meta.url).href
