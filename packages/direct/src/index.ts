export type { AwsCredentials, CredentialsOptions, GiveCredentials } from './credentials/aws-credentials.ts'
export { direct } from './direct.ts'
export type { DirectOptions } from './options.ts'
