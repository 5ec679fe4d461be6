import { relative, resolve } from 'node:path'
import type { Values } from '../account/account.ts'
import { describeCall } from '../calls.ts'
import { findValuesFile } from '../files/find-values-file.ts'
import { followFiles } from '../files/follow-files.ts'
import { createRotator } from '../files/rotator.ts'
import { readValues } from '../files/values-file.ts'
import { layerVariablesIn } from '../layer/settings.ts'
import { type Local, startLocal } from '../start.ts'
import { environmentLines, readyLine } from './announce.ts'
import type { Arguments } from './arguments.ts'
import { layerLine } from './layer-line.ts'
import { playFlags } from './play-flags.ts'
import { runCommand } from './run-command.ts'
import { showPage } from './show-page.ts'
import { ttlVariables } from './ttl-variables.ts'
import { unknownDenials } from './unknown-denials.ts'

/** The layer's own default. */
const LAYER_PORT = 2773

/** Serves a simulated account until a signal, or while a command runs; resolves to the exit code. */
export const serve = async (given: Arguments): Promise<number> => {
  const { port, json, command, faults, ttl, flavour, token, region } = given
  const environment = { ...layerVariablesIn(process.env), ...ttlVariables(ttl) }
  const say = json ? () => {} : (line: string) => console.error(line)
  const path = given.file === undefined ? findValuesFile(process.cwd()) : resolve(given.file)
  const values = path === undefined ? {} : await readValues(path)
  const options = { flavour, token, region }
  const local = await startLocal({
    ...values,
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    environment,
    page: given.page.page,
    port: port ?? Number(environment.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT ?? LAYER_PORT),
    log: (line) => say(layerLine(line)),
    onCall: (call) => say(describeCall(call)),
  })
  const following = path === undefined ? undefined : follow(path, values, local, say)
  try {
    if (path !== undefined && given.file === undefined) say(`values of ${relative(process.cwd(), path)}`)
    // Reported with --json too: with a misspelled name a test would test nothing.
    for (const line of unknownDenials(faults.deny, local.account)) console.error(line)
    playFlags(local.faults, faults)
    await showPage(local, given.page)
    if (command.length > 0) {
      if (local.page !== undefined) say(`page: ${local.page}`)
      if (json) console.log(readyLine(local))
      return await runCommand(command, local.environment)
    }
    // Signals are handled before anybody can know that the stand-in is ready.
    const told = untilTold(local)
    console.log(json ? readyLine(local) : environmentLines(local, values))
    await told
    return 0
  } finally {
    following?.close()
    await local.close()
  }
}

const follow = (path: string, values: Values, local: Local, say: (line: string) => void) => {
  const following = followFiles(createRotator(path, values, local, say))
  following.add([path])
  return following
}

/** Resolves at a signal, at a `close` command, or when a parent process disconnects its IPC channel. */
const untilTold = async ({ closed }: Local): Promise<void> => {
  const told = Promise.withResolvers<void>()
  for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(event, () => told.resolve())
  await Promise.race([closed, told.promise])
}
