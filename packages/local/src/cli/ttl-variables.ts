import type { LayerEnvironment } from '../layer/settings.ts'

/** `--ttl` as variables of the layer; the agent uses the first. */
export const ttlVariables = (seconds: number | undefined): LayerEnvironment =>
  seconds === undefined
    ? {}
    : { SECRETS_MANAGER_TTL: String(seconds), SSM_PARAMETER_STORE_TTL: String(seconds) }
