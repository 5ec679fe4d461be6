// The process in which a handler is imported. `readFunction` starts it; nobody imports it.
import { readFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { openRegistry } from '@secrets-cache/core/internal'
import { collectDeclarations } from './import/inside/collect-declarations.ts'
import { collectReaders } from './import/inside/collect-readers.ts'
import { collectShared } from './import/inside/collect-shared.ts'
import { describeFailure } from './import/inside/describe-failure.ts'
import { importHandler } from './import/inside/import-handler.ts'
import { readValues } from './import/inside/read-values.ts'
import { sendReport } from './import/inside/send-report.ts'
import { watchSockets } from './import/inside/watch-sockets.ts'
import { watchVariables } from './import/inside/watch-variables.ts'
import type { ImportRequest } from './import/report.ts'
import { hookModules } from './modules/hook-modules.ts'

const request = JSON.parse(readFileSync(0, 'utf8')) as ImportRequest
const registry = openRegistry()
const variables = watchVariables()
const sockets = watchSockets()
// What else is deployed with the code of a template is not known: the syntax of a file decides.
const task = request.codeRoot === undefined ? undefined : { folder: request.codeRoot, isFile: true }
const files = new Set<string>()
hookModules({ task, sdkPlaces: [new URL(import.meta.url)], onFile: (file) => files.add(file) })

const nothing = { exports: [], declarations: [], shared: [], results: undefined }
const found = () => ({ readers: collectReaders(registry), sockets: sockets.count() })

// A handler that ends the process: what it has declared by then is still told.
process.on('exit', (code) => {
  const cause = code === 13 ? 'a top-level await never settles' : `it ends the process with exit code ${code}`
  const kind = code === 13 ? 'never-ends' : 'exits'
  const failure = { kind, code: undefined, cause, at: undefined, missing: variables.missing() } as const
  sendReport({ ...found(), ...nothing, failure })
})
// What is rejected in the background is no failure of the import.
process.on('unhandledRejection', () => {})

try {
  const loaded = await importHandler(request.file, task)
  const declared = found()
  const results = request.answers && (await readValues(registry, request.answers))
  const exports = Object.keys(loaded)
  const declarations = collectDeclarations(loaded)
  const shared = request.tellsShared ? await collectShared(files, request.file) : []
  sendReport({ ...declared, exports, declarations, shared, failure: undefined, results })
} catch (thrown) {
  const failure = describeFailure(thrown, variables.missing(), request.variables)
  sendReport({ ...found(), ...nothing, failure })
}
// What was compiled serves the processes of the other functions.
flushCompileCache()
// At once, whatever the handler has open, and without what it wants to do at an exit.
process.kill(process.pid, 'SIGKILL')
