import { type AnsweringProcess, startAnswering } from '../../answering-process.ts'
import { type Setting, settingVariables } from '../../environment/start-environment.ts'
import { type Subject, urlOf } from '../../handlers/index.ts'
import type { MeasureRequest, MeasureResult } from './measured-process.ts'

export type MeasuredProcess = AnsweringProcess<MeasureRequest, MeasureResult>

export function startMeasured(
  subject: Subject,
  setting: Setting,
  variables: Readonly<Record<string, string>>,
): MeasuredProcess {
  return startAnswering(new URL('measured-process.ts', import.meta.url), {
    env: {
      ...process.env,
      ...variables,
      ...settingVariables(setting),
      HANDLER: urlOf(subject),
      // The bench measures having the values; the handlers do nothing with them.
      READ: 'nothing',
    },
    // Enough room for what a measurement allocates, so that nothing is collected during it.
    execArgv: [...process.execArgv, '--expose-gc', '--max-semi-space-size=128', '--min-semi-space-size=128'],
  })
}
