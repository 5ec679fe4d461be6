import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { confidentialIn, processVariables } from '../functions/environment.ts'
import type { FunctionPlace } from '../functions/function-place.ts'
import { gone } from '../modules/gone.ts'
import { nodeFlags } from '../modules/node-flags.ts'
import { BundleError, bundle, isTypeScript, needsBundle } from './bundle.ts'
import {
  type Answer,
  type ImportFailure,
  type ImportReport,
  type ImportRequest,
  reportFile,
} from './report.ts'

/** The program inside the process; in what is published it is JavaScript too. */
const inside = new URL(import.meta.url.endsWith('.ts') ? '../inside.ts' : './inside.js', import.meta.url)

export interface ReadOptions {
  /** How long an import may take. */
  readonly timeoutMilliseconds: number
  readonly answers?: readonly Answer[]
  /** Whether the declarations of the modules that it loads are told too. */
  readonly tellsShared?: boolean
  /** A folder for what Node compiles, shared by the processes. */
  readonly compileCache?: string
}

/** Imports a handler in a process of its own and tells what it declares. Does not reject for what a handler does. */
export async function readFunction(place: FunctionPlace, options: ReadOptions): Promise<ImportReport> {
  if (needsBundle(place.file)) return readBundled(place, options)
  const report = await importIn(place, place.file, options)
  const kind = report.failure?.kind
  const isForBundler = isTypeScript(place.file) && (kind === 'syntax' || kind === 'not-found')
  if (!isForBundler) return report
  const bundled = await readBundled(place, options)
  // Where a bundler cannot help either, what Node said is the cause.
  const isNoBetter =
    bundled.failure?.kind === kind || bundled.failure?.cause.startsWith('it cannot be bundled')
  return isNoBetter ? report : bundled
}

async function readBundled(place: FunctionPlace, options: ReadOptions): Promise<ImportReport> {
  try {
    const made = await bundle(place.file)
    try {
      return { ...(await importIn(place, made.file, options)), bundled: true }
    } finally {
      await made.remove()
    }
  } catch (error) {
    if (!(error instanceof BundleError)) throw error
    return failed({ kind: 'not-found', code: undefined, cause: error.message, at: undefined, missing: [] })
  }
}

async function importIn(
  place: FunctionPlace,
  file: string,
  { timeoutMilliseconds, answers, compileCache, tellsShared }: ReadOptions,
): Promise<ImportReport> {
  const { environment, inheritsVariables, name, folder, codeRoot } = place
  const variables = processVariables(environment, inheritsVariables, name)
  const child = spawn(process.execPath, [...nodeFlags(), fileURLToPath(inside)], {
    cwd: folder,
    env: { ...variables, ...(compileCache !== undefined && { NODE_COMPILE_CACHE: compileCache }) },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  const request: ImportRequest = {
    file,
    codeRoot,
    variables: confidentialIn(variables),
    answers,
    tellsShared,
  }
  // A process that has ended does not read what it is told.
  child.stdin?.on('error', () => {}).end(JSON.stringify(request))
  const printed = [child.stdout, child.stderr].map((stream) => linesIn(stream as Readable))
  const told = text(child.stdio[reportFile] as Readable).catch(() => '')
  const isLate = await within(child, timeoutMilliseconds)
  const lines = (await Promise.all(printed)).reduce((sum, count) => sum + count, 0)
  const report = parse(await told)
  if (report) return { ...report, printed: lines, bundled: false }
  return { ...failed(isLate ? late(timeoutMilliseconds) : ended(child)), printed: lines }
}

/** Waits for the end of a process, and ends it where it takes too long; gives whether it did. */
async function within(child: ChildProcess, milliseconds: number): Promise<boolean> {
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    child.kill('SIGKILL')
  }, milliseconds)
  await gone(child)
  clearTimeout(timer)
  return isLate
}

/** How many lines come; what they say is not kept. */
async function linesIn(stream: Readable): Promise<number> {
  let lines = 0
  try {
    for await (const chunk of stream) for (const byte of chunk as Buffer) if (byte === 10) lines += 1
  } catch {
    // Closed from here.
  }
  return lines
}

function parse(told: string): Omit<ImportReport, 'printed' | 'bundled'> | undefined {
  try {
    return JSON.parse(told)
  } catch {
    return undefined
  }
}

function late(milliseconds: number): ImportFailure {
  return ending('never-ends', `its import has not ended within ${milliseconds / 1000} s`)
}

function ended({ exitCode, signalCode }: ChildProcess): ImportFailure {
  return ending('exits', `its process ended (${signalCode ?? `exit code ${exitCode}`})`)
}

function ending(kind: ImportFailure['kind'], cause: string): ImportFailure {
  return { kind, code: undefined, cause, at: undefined, missing: [] }
}

function failed(failure: ImportFailure): ImportReport {
  return {
    readers: [],
    exports: [],
    declarations: [],
    shared: [],
    failure,
    printed: 0,
    sockets: 0,
    bundled: false,
    results: undefined,
  }
}
