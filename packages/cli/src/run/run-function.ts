import {
  type Call,
  countedValues,
  layerLine,
  layerVariablesIn,
  playFlags,
  readValues,
  showPage,
  startLocal,
  ttlVariables,
  unknownDenials,
  valuesFileIn,
} from '@secrets-cache/local/internal'
import { createEnvironment } from './environment.ts'
import { findFunction } from './find-function.ts'
import { keepRunning } from './keep-running.ts'
import { createPostEvents } from './post-events.ts'
import { eventFrom } from './read-event.ts'
import { reportAsJson, reportAsText } from './report.ts'
import type { RunArguments } from './run-arguments.ts'

const WIDTH = 80

/** Runs a function beside a stand-in; resolves to the exit code. */
export const runFunction = async (
  given: RunArguments,
  bootstrap: URL,
  write: (line: string) => void = console.log,
  warn: (line: string) => void = console.error,
): Promise<number> => {
  const found = findFunction(given.place, given.handler)
  const event = eventFrom(given.event, found.folder)
  event.read()
  const valuesFile = given.values ?? valuesFileIn(found.folder)
  const values = valuesFile === undefined ? {} : await readValues(valuesFile)
  const say = given.json ? () => {} : write
  // Only the layer's log says why it refused a request. Missing names are left out: the report shows them.
  const print = (line: string) => {
    if (!/^layer log: (INFO|.*(ParameterNotFound|can't find the specified secret\.))/.test(line))
      warn(`    | ${line}`)
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
  // The layer is never ready during INIT, so the time of --not-ready starts when INIT ends.
  const { notReady, ...faults } = given.faults
  say(`${found.handler}, ${valuesFile === undefined ? 'no values file' : countedValues(values)}\n`)
  const environment = createEnvironment({
    found,
    bootstrap,
    local,
    valuesFile,
    takeCalls: () => calls.splice(0),
    print,
    heard: createPostEvents(local.page),
    afterInit: () => playFlags(local.faults, { notReady }),
    readEvent: event.read,
    timeoutMilliseconds: given.timeoutMilliseconds,
    report: given.json ? reportAsJson(write) : reportAsText(say, process.stdout.columns ?? WIDTH),
  })
  try {
    for (const line of unknownDenials(faults.deny, local.account)) warn(line)
    playFlags(local.faults, faults)
    // Without --watch the stand-in is gone before anybody could look.
    if (given.watch && local.page !== undefined) say(`page: ${local.page}\n`)
    await showPage(local, given.page)
    let isFine = true
    for (let done = 0; done < given.times; done++) isFine = (await environment.invoke()) && isFine
    if (!given.watch) return isFine ? 0 : 1
    await keepRunning({ environment, found, event, valuesFile, values, local, say })
    return 0
  } finally {
    await environment.end()
    await local.close()
  }
}
