import type { Backend } from '../../backend.ts'
import { type Effort, sized } from '../../bench.ts'
import type { Setting } from '../../environment/start-environment.ts'
import type { Subject } from '../../handlers/index.ts'
import { type MeasuredProcess, startMeasured } from './start-measured.ts'

export interface Contender {
  readonly name: string
  readonly subject: Subject
  readonly setting: Setting
  /** @default time */
  readonly measure?: 'time' | 'read' | 'map'
}

export interface Timed {
  readonly contender: Contender
  /** One for each round. */
  readonly nanoseconds: readonly number[]
  readonly allocated: number
  readonly retained: number
}

/** Long enough for the clock to measure, short enough that the machine is equally busy throughout. */
const roundMilliseconds = 10

/** Measures contenders in turn, A B C A B C, each in its own process. */
export async function rounds(
  contenders: readonly Contender[],
  effort: Effort,
  { environment }: Backend,
  title: string,
): Promise<readonly Timed[]> {
  const count = sized(effort, { brief: 3, check: 15, full: 31 })
  const processes: MeasuredProcess[] = []
  try {
    const running: Running[] = []
    for (const contender of contenders) {
      effort.say(`warm: ${title}, starting ${contender.name}`)
      const process = startMeasured(contender.subject, contender.setting, environment)
      processes.push(process)
      running.push({ contender, process, loops: await loopsOf(process, contender, effort), samples: [] })
    }
    return await measureInTurn(running, count, effort, title)
  } finally {
    await Promise.all(processes.map((process) => process[Symbol.asyncDispose]()))
  }
}

interface Running {
  readonly contender: Contender
  readonly process: MeasuredProcess
  readonly loops: number
  readonly samples: number[]
}

async function measureInTurn(running: readonly Running[], count: number, effort: Effort, title: string) {
  for (let round = 0; round < count; round++) {
    effort.say(`warm: ${title}, round ${round + 1} of ${count}`)
    for (const { process, contender, loops, samples } of running) {
      const { nanoseconds } = await process.ask({ measure: contender.measure ?? 'time', count: loops })
      samples.push(nanoseconds)
    }
  }
  const timed: Timed[] = []
  for (const { contender, process, samples } of running) {
    const { allocated = 0, retained = 0 } = await process.ask({
      measure: 'memory',
      count: memoryCount(contender),
    })
    timed.push({ contender, nanoseconds: samples, allocated, retained })
  }
  return timed
}

/** Fewer where an invocation allocates much, because nothing may be collected during the measurement. */
const memoryCount = ({ setting }: Contender) => (setting.secrets + setting.parameters > 12 ? 500 : 5_000)

/** How many invocations fill a round once the code is compiled. */
async function loopsOf(process: MeasuredProcess, { measure = 'time' }: Contender, effort: Effort) {
  const warming = sized(effort, { brief: 20, check: 300, full: 300 })
  // A slow handler needs as many invocations as a fast one until it is compiled.
  const least = sized(effort, { brief: 100, check: 5_000, full: 30_000 })
  let count = 100
  let spent = 0
  let invoked = 0
  let nanoseconds = 0
  while (spent < warming || invoked < least) {
    nanoseconds = (await process.ask({ measure, count })).nanoseconds
    spent += (nanoseconds * count) / 1e6
    invoked += count
    count = Math.ceil((roundMilliseconds * 1e6) / nanoseconds)
  }
  return count
}
