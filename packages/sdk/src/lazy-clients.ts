import { servicesOver } from './clients.ts'
import { missingClient } from './missing-client.ts'

/**
 * Each package is loaded when it is first needed, and need not be there before. Each import is a literal inside a try:
 * bundlers then build where only one of the two packages is installed.
 */
export const lazyClients = servicesOver({
  secretsManager: async () => {
    try {
      return await import('@aws-sdk/client-secrets-manager')
    } catch (thrown) {
      throw missingClient('@aws-sdk/client-secrets-manager', thrown)
    }
  },
  ssm: async () => {
    try {
      return await import('@aws-sdk/client-ssm')
    } catch (thrown) {
      throw missingClient('@aws-sdk/client-ssm', thrown)
    }
  },
})
