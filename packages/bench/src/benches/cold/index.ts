import { startBackend } from '../../backend.ts'
import { type Bench, sized } from '../../bench.ts'
import type { Setting } from '../../environment/start-environment.ts'
import { type Subject, subjects } from '../../handlers/index.ts'
import { digits } from '../../report/format.ts'
import { measured } from '../../report/samples.ts'
import { charactersOf } from '../../values.ts'
import { bundle, temporaryFolder, writeRuntime } from './bundle.ts'
import { goalsOf, peersOverAws } from './goals.ts'
import { createProcessorLimit } from './limit-processor.ts'
import { type Cold, startCold } from './start-cold.ts'
import { type Case, isStarted, type Started, sum, type Way, ways } from './started.ts'
import { tableOf } from './table.ts'
import { startTlsProxy } from './tls-proxy.ts'

const { noop, http, fetch, extension, direct, sdk, staticSdk } = subjects

const settings = [
  ['3 secrets', { secrets: 3, parameters: 0 }],
  ['3 secrets and 12 parameters', { secrets: 3, parameters: 12 }],
] as const satisfies readonly (readonly [string, Setting])[]

/** From the start of the process to the first response, under AWS's own runtime client. */
export const cold: Bench = {
  name: 'cold',
  async run(effort) {
    const rounds = sized(effort, { brief: 1, check: 9, full: 21 })
    const compared = sized<readonly Subject[]>(effort, {
      brief: [noop, extension, direct],
      check: [noop, http, extension, direct, sdk, staticSdk, ...peersOverAws],
      full: [noop, http, fetch, extension, direct, sdk, staticSdk, ...peersOverAws],
    })
    await using backend = await startBackend()
    await using folder = await temporaryFolder()
    await using tls = await startTlsProxy(backend.environment['AWS_ENDPOINT_URL'] as string, folder.folder)
    using limit = createProcessorLimit()
    // No goal is about 256 MB: it is for docs/choosing.md, which a full run writes.
    const small = sized<readonly Way[]>(effort, { brief: [], check: [], full: ['small'] })
    const limited: readonly Way[] = limit ? ['quarter', ...small] : []
    const measuredWays: readonly Way[] = ['whole', ...limited, 'plain']
    const runtime = await writeRuntime(folder.folder)
    const cases: Case[] = []
    for (const [title, setting] of settings) {
      const all: Started[] = []
      for (const subject of compared) {
        effort.say(`cold: bundling ${subject.name}`)
        const made = await bundle(subject, setting, folder.folder)
        all.push({ subject, bundle: made, starts: { whole: [], quarter: [], small: [], plain: [] } })
      }
      cases.push({ title, setting, all })
    }
    for (let round = 0; round < rounds; round++) {
      for (const { title, setting, all } of cases) {
        effort.say(`cold: ${title}, round ${round + 1} of ${rounds}`)
        for (const way of measuredWays) {
          const { share, isTls } = ways[way]
          for (const { subject, bundle, starts } of all) {
            if (!isStarted(subject, way)) continue
            const { received, ...start } = await startCold({
              runtime,
              folder: bundle.folder,
              variables: { ...backend.environment, ...(isTls && subject.reads === 'aws' && tls.variables) },
              limit: limit && { to: limit, share },
            })
            const values = subject.reads === 'nothing' ? 0 : setting.secrets + setting.parameters
            if (received.characters !== charactersOf(values)) throw new Error(`${subject.name} lacks values.`)
            starts[way].push(start)
          }
        }
      }
    }
    const fifteen = (cases[1] as Case).all
    return {
      bench: 'cold',
      about: [
        'from process start to the first response under aws-lambda-ric, milliseconds; medians. "Processor" is the time',
        'of the main thread alone. AWS is reached over TLS where nothing else is said, the layer in plain text; both on loopback.',
        ...(limit ? [] : ['A quarter of a processor: not available here, as no control group can be made.']),
      ].join('\n'),
      tables: cases.flatMap((one) => measuredWays.map((way) => tableOf(one, way))),
      goals: compared.includes(http) ? cases.flatMap((one) => goalsOf(one, limit !== undefined)) : [],
      chart: {
        title: 'Cold start of a function that needs 3 secrets and 12 parameters',
        unit: 'milliseconds from the start of the process to the first response',
        bars: fifteen.map(({ subject, starts }) => ({
          label: subject.name,
          value: measured(starts.whole.map(sum)).median,
          isOurs: subject.isOurs ?? false,
        })),
      },
      readme: Object.fromEntries(
        fifteen.map(({ subject, starts, bundle }) => [
          subject.name,
          {
            cold: partsOf(starts.whole),
            largeBill: billOf(starts.whole, 1_769),
            ...(measuredWays.includes('quarter') && { quarter: partsOf(starts.quarter) }),
            ...(measuredWays.includes('small') && {
              small: partsOf(starts.small),
              smallBill: billOf(starts.small, 256),
            }),
            bundle: `${digits(Math.round(bundle.bytes / 1000))} KB`,
          },
        ]),
      ),
    }
  },
}

/** US dollars for a million cold starts: Lambda bills INIT as it does an invocation, by the time and the memory. */
function billOf(starts: readonly Cold[], megabytes: number): string {
  const dollarsPerGigabyteSecond = 0.0000166667
  const gigabyteSeconds = (measured(starts.map(sum)).median / 1_000) * (megabytes / 1_024)
  return (1_000_000 * gigabyteSeconds * dollarsPerGigabyteSecond).toFixed(2)
}

/** Both parts of a cold start. */
function partsOf(starts: readonly Cold[]): string {
  const of = (part: (start: Cold) => number) => Math.round(measured(starts.map(part)).median)
  return `${of(({ init }) => init.wall)} + ${of(({ invoke }) => invoke.wall)} ms`
}
