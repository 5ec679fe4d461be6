import { relative } from 'node:path'
import {
  type Call,
  countedValues,
  findValuesFile,
  layerLine,
  layerVariablesIn,
  playFlags,
  readValues,
  showPage,
  startLocal,
  ttlVariables,
  unknownDenials,
  type Values,
} from '@secrets-cache/local/internal'
import { createEnvironment } from './environment.ts'
import { type FoundFunction, findFunction } from './find-function.ts'
import { serveUntilEnd } from './http/serve-until-end.ts'
import { createPostEvents } from './post-events.ts'
import { type EventSource, eventFrom } from './read-event.ts'
import { reportAsJson, reportAsText } from './report.ts'
import type { RunArguments } from './run-arguments.ts'
import { createShowSkeleton } from './skeleton.ts'
import { createActions } from './watch/actions.ts'
import { keepRunning } from './watch/keep-running.ts'
import { type Opened, openView } from './watch/open-view.ts'

const WIDTH = 80

/** Runs a function beside a stand-in; resolves to the exit code. */
export const runFunction = async (
  given: RunArguments,
  bootstrap: URL,
  write: (line: string) => void = console.log,
  warn: (line: string) => void = console.error,
): Promise<number> => {
  const found = findFunction(given.place, given.handler)
  const event = eventFrom(given.event, found.folder, given.eventType)
  // A file that cannot be read is told before anything starts.
  event.read()
  const valuesFile = given.values ?? findValuesFile(found.folder)
  const values = valuesFile === undefined ? {} : await readValues(valuesFile)
  const opened = openView(given, write, warn)
  try {
    return await runIn(opened, { given, bootstrap, write, found, event, valuesFile, values })
  } finally {
    // A mistake is told after it, where it can be seen.
    opened.view.close()
  }
}

interface Run {
  readonly given: RunArguments
  readonly bootstrap: URL
  readonly write: (line: string) => void
  readonly found: FoundFunction
  readonly event: EventSource
  readonly valuesFile: string | undefined
  readonly values: Values
}

const runIn = async ({ view, read }: Opened, run: Run): Promise<number> => {
  const { given, bootstrap, write, found, event, valuesFile, values } = run
  // Only the layer's log says why it refused a request. Missing names are left out: the report shows them.
  const print = (line: string) => {
    if (!/^layer log: (INFO|.*(ParameterNotFound|can't find the specified secret\.))/.test(line))
      view.log(line)
  }
  const calls: Call[] = []
  const local = await startLocal({
    ...values,
    ...(given.flavour === undefined ? {} : { flavour: given.flavour }),
    environment: { ...layerVariablesIn(process.env), ...ttlVariables(given.ttl) },
    log: (line) => print(layerLine(line)),
    onCall: (call) => calls.push(call),
    page: given.page.page,
  })
  view.head(`${found.handler}, ${describeValues(found, valuesFile, values)}`)
  // The layer is never ready during INIT, so the time of --not-ready starts when INIT ends.
  const { notReady, ...faults } = given.faults
  const actions = createActions(local)
  const environment = createEnvironment({
    found,
    bootstrap,
    local,
    valuesFile,
    takeCalls: () => calls.splice(0),
    print,
    heard: createPostEvents(local.page),
    afterInit: () => {
      playFlags(local.faults, { notReady })
      actions.afterInit()
    },
    timeoutMilliseconds: given.timeoutMilliseconds,
    report: given.json ? reportAsJson(write) : reportAsText(view.say, process.stdout.columns ?? WIDTH),
    missed: valuesFile === undefined && !given.json ? createShowSkeleton(found, view.say) : async () => {},
  })
  const kept = { environment, actions, found, valuesFile, values, local, view, read }
  try {
    for (const line of unknownDenials(faults.deny, local.account)) view.warn(line)
    playFlags(local.faults, faults)
    // Without --watch the stand-in is gone before anybody could look.
    const isKept = given.watch || given.http !== undefined
    if (isKept && local.page !== undefined) view.head(`page: ${local.page}`)
    await showPage(local, given.page, view.warn)
    if (given.http !== undefined) {
      await serveUntilEnd({
        ...kept,
        port: given.http,
        watch: given.watch,
        told: given.json ? write : undefined,
      })
      return 0
    }
    let isFine = true
    for (let done = 0; done < given.times; done++) {
      const outcome = await environment.invoke(event.read())
      isFine &&= !('error' in outcome)
    }
    if (!given.watch) return isFine ? 0 : 1
    await keepRunning({ ...kept, event })
    return 0
  } finally {
    await environment.end()
    await local.close()
  }
}

/** How many values there are, and from where when that is not the function's folder. */
const describeValues = ({ folder }: FoundFunction, file: string | undefined, values: Values): string => {
  if (file === undefined) return 'no values file'
  const place = relative(folder, file)
  return countedValues(values) + (/[\\/]/.test(place) ? ` of ${relative(process.cwd(), file) || file}` : '')
}
