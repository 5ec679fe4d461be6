import { loadFromRuntime } from './load-from-runtime.ts'
import {
  addresses,
  parameterStoreOver,
  type SecretsManagerModule,
  type Services,
  type SsmModule,
  secretsManagerOver,
} from './services.ts'

/**
 * Each package is imported when it is first needed, and need not be installed before. Each import is a literal inside
 * a try: bundlers then build where only one of the two packages is installed.
 */
export const lazyClients: Services = {
  secretsmanager: secretsManagerOver(async () => {
    try {
      return await import('@aws-sdk/client-secrets-manager')
    } catch (thrown) {
      return loadFromRuntime<SecretsManagerModule>(addresses.secretsmanager.packageName, thrown)
    }
  }),
  ssm: parameterStoreOver(async () => {
    try {
      return await import('@aws-sdk/client-ssm')
    } catch (thrown) {
      return loadFromRuntime<SsmModule>(addresses.ssm.packageName, thrown)
    }
  }),
}
