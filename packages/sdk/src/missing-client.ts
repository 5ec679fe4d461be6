import { MissingClientError } from '@secrets-cache/core'

/** Why a client could not be imported. Node says ERR_MODULE_NOT_FOUND; require and webpack say MODULE_NOT_FOUND. */
export function missingClient(packageName: string, thrown: unknown): MissingClientError {
  const { code } = Object(thrown) as { code?: unknown }
  return typeof code === 'string' && code.endsWith('MODULE_NOT_FOUND')
    ? new MissingClientError({ reason: packageName, remedy: `npm install ${packageName}` })
    : new MissingClientError({
        reason: `${packageName} cannot be loaded`,
        // What esbuild makes of the SDK's CommonJS files in an ESM bundle cannot require() Node's modules.
        remedy: "Bundle ESM with mainFields ['module', 'main'], or leave @aws-sdk/* external.",
      })
}
