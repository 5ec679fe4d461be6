import type { FunctionError } from './runtime-api.ts'

/** What to do about an error whose own text does not mention how Lambda starts Node. */
export const hintFor = ({ code, errorType, errorMessage }: FunctionError): string | undefined => {
  if (code === 'ERR_REQUIRE_ESM')
    return (
      "Lambda's Node.js runtimes do not let CommonJS require() an ES module. Bundle the function (esbuild --bundle), " +
      'make it an ES module (.mjs, or "type": "module" in its own package.json), or load the package with await ' +
      'import(). NODE_OPTIONS=--experimental-require-module switches it on, here and, without support, on Lambda.'
    )
  if (errorType === 'SyntaxError' && /import statement|token 'export'|import\.meta/.test(errorMessage))
    return (
      'Lambda takes a .js file for CommonJS unless a package.json inside the deployed folder says "type": "module"; ' +
      'one above it is not deployed. Name the file .mjs, put such a package.json beside it, or run the folder that ' +
      'is deployed: run FOLDER --handler dist/index.handler.'
    )
  if (
    errorType === 'ReferenceError' &&
    /^(module|exports|require|__dirname|__filename) is not defined/.test(errorMessage)
  )
    return (
      'The file is CommonJS, and "type": "module" in the package.json of its folder makes it an ES module: on Lambda ' +
      'too. Name it .cjs, or give its folder a package.json of its own.'
    )
  return undefined
}
