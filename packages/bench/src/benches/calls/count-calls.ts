import type { Backend } from '../../backend.ts'
import { startEnvironment } from '../../environment/start-environment.ts'
import type { Subject } from '../../handlers/index.ts'
import { charactersOf } from '../../values.ts'

/** Counts cold, warm and after expiry. */
type Phases = readonly [number, number, number]

export interface Counted {
  readonly aws: Phases
  readonly layer: Phases
  readonly failed: number
}

const setting = { secrets: 3, parameters: 12, maxAge: 300 }
const values = setting.secrets + setting.parameters

/** What one new environment asks for when so many of its invocations run at once: three times over. */
export async function countCalls(
  subject: Subject,
  crowd: number,
  { local, environment }: Backend,
): Promise<Counted> {
  let failed = 0
  const counts: { aws: number; layer: number }[] = []
  await local.reset()
  await using function_ = await startEnvironment(subject, setting, environment)

  async function phase() {
    const invocations = Array.from({ length: crowd }, () => function_.invoke())
    for (const invocation of await Promise.allSettled(invocations)) {
      if (invocation.status === 'rejected') failed++
      else if (invocation.value.characters !== charactersOf(values)) {
        throw new Error(`${subject.name} handed over ${invocation.value.values} of ${values} values.`)
      }
    }
    const { upstream, layer } = await local.calls()
    const before = counts.reduce(add, { aws: 0, layer: 0 })
    counts.push({
      aws: upstream - before.aws,
      layer: layer.secretsmanager + layer.systemsmanager - before.layer,
    })
  }

  await phase()
  await phase()
  await function_.passSeconds(setting.maxAge + 1)
  // Takes the layer's cache back too, and the counters with it.
  await local.reset()
  const first = counts.splice(0)
  await phase()
  const [cold, warm, expired] = [...first, ...counts] as [Count, Count, Count]
  return {
    aws: [cold.aws, warm.aws, expired.aws],
    layer: [cold.layer, warm.layer, expired.layer],
    failed,
  }
}

type Count = { aws: number; layer: number }

const add = (sum: Count, one: Count): Count => ({ aws: sum.aws + one.aws, layer: sum.layer + one.layer })
