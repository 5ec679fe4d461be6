import { MissingClientError } from '@secrets-cache/core'

/** Whether a package is not installed. Node says ERR_MODULE_NOT_FOUND; require and webpack say MODULE_NOT_FOUND. */
export function wasNotFound(thrown: unknown): boolean {
  return codeOf(thrown).endsWith('MODULE_NOT_FOUND')
}

/** Why a client could not be imported. */
export function missingClient(packageName: string, thrown: unknown): MissingClientError {
  if (wasNotFound(thrown)) {
    return new MissingClientError({ reason: packageName, remedy: `npm install ${packageName}` })
  }
  const remedy = codeOf(thrown).startsWith('ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING')
    ? 'Start Jest with NODE_OPTIONS=--experimental-vm-modules, or import sdk from @secrets-cache/sdk/static.'
    : // What esbuild makes of the SDK's CommonJS files in an ESM bundle cannot require() Node's modules.
      "Bundle ESM with mainFields ['module', 'main'], or leave @aws-sdk/* external."
  return new MissingClientError({ reason: `${packageName} cannot be loaded`, remedy })
}

function codeOf(thrown: unknown): string {
  const { code } = Object(thrown) as { code?: unknown }
  return typeof code === 'string' ? code : ''
}
