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

/** Counts the calls of one new environment whose invocations run `crowd` at a time: cold, warm, after expiry. */
export async function countCalls(
  subject: Subject,
  crowd: number,
  { local, environment }: Backend,
): Promise<Counted> {
  let failed = 0
  await local.reset()
  await using function_ = await startEnvironment(subject, setting, environment)

  async function countNow() {
    const { upstream, layer } = await local.calls()
    return { aws: upstream, layer: layer.secretsmanager + layer.systemsmanager }
  }

  async function phase() {
    const before = await countNow()
    const invocations = Array.from({ length: crowd }, () => function_.invoke())
    for (const invocation of await Promise.allSettled(invocations)) {
      if (invocation.status === 'rejected') failed++
      else if (invocation.value.characters !== charactersOf(values)) {
        throw new Error(`${subject.name} handed over ${invocation.value.values} of ${values} values.`)
      }
    }
    const after = await countNow()
    return { aws: after.aws - before.aws, layer: after.layer - before.layer }
  }

  const cold = await phase()
  const warm = await phase()
  await function_.passSeconds(setting.maxAge + 1)
  await local.forget()
  const expired = await phase()
  return {
    aws: [cold.aws, warm.aws, expired.aws],
    layer: [cold.layer, warm.layer, expired.layer],
    failed,
  }
}
