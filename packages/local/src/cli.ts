#!/usr/bin/env node
import { resolve } from 'node:path'
import { describeCall } from './calls.ts'
import { environmentLines, readyLine } from './cli/announce.ts'
import { readArguments } from './cli/arguments.ts'
import { followFile } from './cli/follow-file.ts'
import { HELP } from './cli/help.ts'
import { layerLine } from './cli/layer-line.ts'
import { playFlags } from './cli/play-flags.ts'
import { runCommand } from './cli/run-command.ts'
import { readValues } from './cli/values-file.ts'
import { type LayerEnvironment, layerVariablesIn } from './layer/settings.ts'
import { LocalError } from './local-error.ts'
import { type Local, startLocal } from './start.ts'

/** The layer's own default. */
const LAYER_PORT = 2773

/** The program inside the process of a function; in what is published it is JavaScript too. */
const BOOTSTRAP = new URL(import.meta.url.endsWith('.ts') ? 'bootstrap.ts' : 'bootstrap.js', import.meta.url)

const main = async (): Promise<void> => {
  const [first, ...rest] = process.argv.slice(2)
  if (first === 'run') return run(rest)
  const { file, port, json, help, command, faults, ...given } = readArguments(process.argv.slice(2))
  if (help) return console.log(HELP)
  const environment: LayerEnvironment = layerVariablesIn(process.env)
  const say = json ? () => {} : (line: string) => console.error(line)
  const path = file === undefined ? undefined : resolve(file)
  const values = path === undefined ? {} : await readValues(path)
  const local = await startLocal({
    ...values,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    environment,
    port: port ?? Number(environment.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT ?? LAYER_PORT),
    log: (line) => say(layerLine(line)),
    onCall: (call) => say(describeCall(call)),
  })
  const following = path === undefined ? undefined : followFile(path, values, local, say)
  try {
    playFlags(local.faults, faults)
    // Listened for before anybody can know that we are ready.
    const told = command.length > 0 ? undefined : untilTold(local)
    if (json) console.log(readyLine(local))
    else if (told) console.log(environmentLines(local, values))
    if (told) await told
    else process.exitCode = await runCommand(command, local.environment)
  } finally {
    following?.close()
    await local.close()
  }
}

/** `run`: what it needs is loaded for it only. */
const run = async (own: readonly string[]): Promise<void> => {
  const { readRunArguments } = await import('./run/run-arguments.ts')
  const given = readRunArguments(own)
  if (given.help) return console.log((await import('./run/run-help.ts')).RUN_HELP)
  const { runFunction } = await import('./run/run-function.ts')
  process.exitCode = await runFunction(given, BOOTSTRAP)
}

/** Resolves at a signal, at a close by the control path, or when a parent with an IPC channel lets go of it. */
const untilTold = async ({ closed }: Local): Promise<void> => {
  const told = Promise.withResolvers<void>()
  for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(event, () => told.resolve())
  await Promise.race([closed, told.promise])
}

// `| head` has read enough: no reason for a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await main()
} catch (error) {
  if (!(error instanceof LocalError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
