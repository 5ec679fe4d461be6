import { type Backend, startBackend } from '../../backend.ts'
import { type Bench, type Effort, sized } from '../../bench.ts'
import { type Subject, subjects } from '../../handlers/index.ts'
import { digits, spread, times } from '../../report/format.ts'
import { measured, ratio } from '../../report/samples.ts'
import { type Contender, rounds, type Timed } from './rounds.ts'

const { noop, assigned, extension, direct, sdk, plain, middyAws, powertools } = subjects

/** A whole invocation of a handler whose values are all there, relative to one of Middy alone. */
export const warm: Bench = {
  name: 'warm',
  async run(effort) {
    const sizes = sized(effort, { brief: [3], check: [3, 100], full: [1, 3, 12, 100] })
    await using backend = await startBackend()
    const bySize: (readonly [size: number, all: readonly Timed[]])[] = []
    for (const size of sizes) {
      bySize.push([size, await rounds(contendersOf(size, effort), effort, backend, `${size} values`)])
    }
    const floor = (all: readonly Timed[]) => (all[0] as Timed).nanoseconds
    const [, atThree] = bySize.find(([size]) => size === 3) as (typeof bySize)[number]
    const rows = bySize.flatMap(([size, all]) =>
      all.map(({ contender, nanoseconds, allocated, retained }, index) => [
        index === 0 ? `${size} values` : '',
        contender.name,
        spread(measured(nanoseconds)),
        times(ratio(nanoseconds, floor(all))),
        digits(Math.round(allocated)),
        digits(Math.max(0, Math.round(retained))),
      ]),
    )
    const columns = ['', '', 'ns', 'to Middy alone', 'bytes allocated', 'bytes retained']
    return {
      bench: 'warm',
      about: 'one invocation with every value there and fresh, getRemainingTimeInMillis present; medians',
      tables: [
        { title: 'A whole invocation', columns, rows },
        {
          title: 'One read without Middy, 15 values',
          columns: ['', 'ns'],
          rows: await readRows(effort, backend),
        },
      ],
      goals: bySize.flatMap(([size, all]) => {
        const { nanoseconds, retained } = all.find(({ contender }) => contender.subject.isOurs) as Timed
        return [
          {
            name: `extension(), ${size} values: a whole invocation to Middy alone`,
            measured: ratio(nanoseconds, floor(all)),
            most: 1.2,
            tolerance: 1.25,
          },
          {
            name: `extension(), ${size} values: bytes retained per invocation`,
            measured: Math.max(0, Math.round(retained)),
            most: 0,
            // Code that V8 compiles during the measurement is retained too.
            tolerance: Number.POSITIVE_INFINITY,
          },
        ]
      }),
      readme: Object.fromEntries(
        atThree.flatMap(({ contender, nanoseconds }) => {
          const { name, subject, setting } = contender
          // The peers are measured with secrets and with parameters; the README shows their parameters.
          if (setting.parameters === 0 && name !== subject.name) return []
          return [[subject.name, { warm: times(ratio(nanoseconds, floor(atThree))) }]]
        }),
      ),
    }
  },
}

/** Secrets or parameters, as each contender supports; all are compared with the first one. */
function contendersOf(size: number, effort: Effort): readonly Contender[] {
  const secrets = { secrets: size, parameters: 0 }
  const parameters = { secrets: 0, parameters: size }
  const of = (subject: Subject, setting: Contender['setting'], name = subject.name): Contender => ({
    name,
    subject,
    setting,
  })
  const ours = [of(noop, secrets), of(extension, secrets)]
  if (effort.size === 'brief') return ours
  return [
    ...ours,
    of(assigned, secrets),
    of(sdk, secrets),
    of(direct, secrets),
    of(middyAws, secrets, '@middy/secrets-manager'),
    of(middyAws, parameters, '@middy/ssm'),
    of(powertools, secrets, 'Powertools getSecret'),
    of(powertools, parameters, 'Powertools getParametersByName'),
  ]
}

async function readRows(effort: Effort, backend: Backend): Promise<(string | number)[][]> {
  const fifteen = { secrets: 3, parameters: 12 }
  const [read, map] = await rounds(
    [
      { name: 'createSecrets().read()', subject: plain, setting: fifteen, measure: 'read' },
      { name: 'Map.get()', subject: plain, setting: fifteen, measure: 'map' },
    ],
    effort,
    backend,
    'read()',
  )
  return [read, map].map((timed) => {
    const { contender, nanoseconds } = timed as Timed
    return [contender.name, spread(measured(nanoseconds))]
  })
}
