import { missingClient, wasNotFound } from './missing-client.ts'

/**
 * Requires a package that could not be imported from where Lambda's Node.js runtimes have it. An `import()` looks in
 * the folders above the importing file only; `require` also looks in NODE_PATH, which Lambda points at its own SDK and
 * at layers. That it is needed and that it works on Lambda could not be verified; elsewhere it finds nothing.
 *
 * @throws MissingClientError where that fails too, or where the import failed for another reason
 */
export function loadFromRuntime<Module>(packageName: string, thrown: unknown): Module {
  if (!wasNotFound(thrown)) throw missingClient(packageName, thrown)
  const { LAMBDA_TASK_ROOT, LAMBDA_RUNTIME_DIR = '/var/runtime' } = process.env
  // Not imported: bundled to CommonJS or to ESM, this is the same call.
  const { createRequire } = process.getBuiltinModule('node:module')
  for (const folder of [LAMBDA_TASK_ROOT, LAMBDA_RUNTIME_DIR]) {
    if (!folder) continue
    try {
      return createRequire(`${folder}/`)(packageName)
    } catch (error) {
      if (!wasNotFound(error)) throw missingClient(packageName, error)
    }
  }
  throw missingClient(packageName, thrown)
}
