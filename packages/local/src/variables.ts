import { devNull } from 'node:os'

/**
 * Variables that lead a function past the stand-in: to a real account (credentials and where the SDKs, the CLI and the
 * agent find them), to another endpoint, or to TTLs that the stand-in does not have. A project's own variables may begin
 * with AWS_ too, so those of AWS are listed.
 */
const MISLEADING = [
  // Credentials, with the names of older SDKs.
  'AWS_ACCESS_KEY(_ID)?|AWS_SECRET_(ACCESS_)?KEY|AWS_SESSION_TOKEN|AWS_SECURITY_TOKEN|AWS_DELEGATION_TOKEN',
  'AWS_TOKEN|AWS_BEARER_TOKEN(_.*)?|AWS_(SESSION|CREDENTIALS?)_(EXPIRATION|EXPIRY|SCOPE)|AWS_ACCOUNT_ID.*',
  // Where credentials are found.
  'AWS_(DEFAULT_)?PROFILE|AWS_(SHARED_)?CREDENTIALS?_FILE|AWS_(SHARED_)?CONFIG_FILE|AWS_SDK_LOAD_CONFIG|BOTO_CONFIG',
  'AWS_(IAM_)?ROLE_.*|AWS_WEB_IDENTITY_.*|AWS_CONTAINER_.*|AWS_SSO_.*|AWS_LOGIN_.*|AWS_CREDENTIAL_PROCESS.*',
  'AWS_EC2_METADATA_.*|AWS_METADATA_.*|ECS_CONTAINER_METADATA_URI.*|ECS_AGENT_URI',
  'AWS_VAULT.*|AWSUME_.*|GRANTED_.*|SAML2AWS_.*',
  // Where AWS is.
  'AWS_ENDPOINT_URL.*|AWS_IGNORE_CONFIGURED_ENDPOINT_URLS|AWS_USE_(FIPS|DUALSTACK)_ENDPOINT',
  'AWS_(DEFAULT_)?REGION|AWS_STS_REGIONAL_ENDPOINTS|AWS_LAMBDA_RUNTIME_API',
  // How long values are kept.
  'PARAMETERS_SECRETS_EXTENSION_.*|(SECRETS_MANAGER|SSM_PARAMETER_STORE)_(TTL|TIMEOUT_MILLIS)',
]

// Names of variables are not case-sensitive on Windows.
const misleading = new RegExp(`^(${MISLEADING.join('|')})$`, 'i')

/** Closes the ways to an account that need no variable: the files in the home folder and the role of the machine. */
export const NO_ACCOUNT: Readonly<Record<string, string>> = {
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_CONFIG_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
}

type Variables = Readonly<Record<string, string | undefined>>

/** These variables without the misleading ones, and with those of a stand-in. */
export const variablesFor = (given: Variables, standIn: Readonly<Record<string, string>>): Variables => ({
  ...Object.fromEntries(Object.entries(given).filter(([name]) => !misleading.test(name))),
  ...NO_ACCOUNT,
  ...standIn,
})

/** The misleading ones among these. */
export const misleadingIn = (given: Variables): readonly string[] =>
  Object.keys(given).filter((name) => misleading.test(name))

/** Makes `process.env` exactly this. The object is not replaced, because other code may hold it. */
export const setVariables = (wanted: Variables): void => {
  for (const name of Object.keys(process.env)) if (wanted[name] === undefined) delete process.env[name]
  Object.assign(process.env, wanted)
}
