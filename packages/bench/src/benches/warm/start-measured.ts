import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Setting, settingVariables } from '../../environment/start-environment.ts'
import { type Subject, urlOf } from '../../handlers/index.ts'
import type { Answer, Told } from './measured-process.ts'

export interface MeasuredProcess extends AsyncDisposable {
  readonly ask: (told: Told) => Promise<Answer>
}

export async function startMeasured(
  subject: Subject,
  setting: Setting,
  variables: Readonly<Record<string, string>>,
): Promise<MeasuredProcess> {
  const script = fileURLToPath(new URL('measured-process.ts', import.meta.url))
  const child = fork(script, {
    env: {
      ...process.env,
      ...variables,
      ...settingVariables(setting),
      HANDLER: urlOf(subject),
      // Having the values is what is measured; no handler does anything with them.
      READ: 'nothing',
    },
    // Room for everything that a measurement allocates: nothing is collected while it lasts.
    execArgv: [...process.execArgv, '--expose-gc', '--max-semi-space-size=128', '--min-semi-space-size=128'],
  })
  const ended = once(child, 'exit')
  const answer = async () => {
    const [first] = await Promise.race([once(child, 'message'), ended])
    if (typeof first === 'number') throw new Error(`The process of ${subject.name} ended with ${first}.`)
    return first
  }
  await answer()
  return {
    async ask(told) {
      child.send(told)
      return answer()
    },
    async [Symbol.asyncDispose]() {
      child.disconnect()
      await ended
    },
  }
}
