import { Architecture, type Function as LambdaFunction, LayerVersion } from 'aws-cdk-lib/aws-lambda'
import { StringParameter } from 'aws-cdk-lib/aws-ssm'

/** How the AWS Parameters and Secrets Lambda Extension runs. Every field may be left out. */
export interface AttachOptions {
  /** How long it keeps a value, in whole seconds from 0 to 300. @default 300 */
  readonly ttlSeconds?: number | undefined
  /** Its port on 127.0.0.1, which `extension()` reads from the same variable. @default 2773 */
  readonly port?: number | undefined
  /** What it writes into the function's log. @default 'info' */
  readonly logLevel?: 'debug' | 'info' | 'warn' | 'error' | 'none' | undefined
}

/**
 * Attaches AWS's layer to a function: the latest version for its architecture, in its Region, as a public parameter
 * names it when the stack is deployed.
 * @throws {RangeError} an option that the layer does not take.
 * @example attachExtension(fn, { ttlSeconds: 60 })
 */
export function attachExtension(fn: LambdaFunction, options: AttachOptions = {}): void {
  const { ttlSeconds, port, logLevel } = options
  checkWhole('ttlSeconds', ttlSeconds, 0, 300)
  checkWhole('port', port, 1, 65_535)
  const processor = fn.architecture.name === Architecture.ARM_64.name ? 'arm64' : 'x86'
  const name = `/aws/service/aws-parameters-and-secrets-lambda-extension/${processor}/latest`
  const arn = StringParameter.valueForStringParameter(fn, name)
  fn.addLayers(LayerVersion.fromLayerVersionArn(fn, 'ParametersAndSecretsExtension', arn))
  const variables = {
    SECRETS_MANAGER_TTL: ttlSeconds,
    SSM_PARAMETER_STORE_TTL: ttlSeconds,
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: port,
    PARAMETERS_SECRETS_EXTENSION_LOG_LEVEL: logLevel?.toUpperCase(),
  }
  for (const [variable, value] of Object.entries(variables)) {
    if (value !== undefined) fn.addEnvironment(variable, String(value))
  }
}

function checkWhole(name: string, given: number | undefined, least: number, most: number): void {
  if (given === undefined || (Number.isInteger(given) && given >= least && given <= most)) return
  throw new RangeError(`attachExtension: ${name} is ${given}. Give a whole number from ${least} to ${most}.`)
}
