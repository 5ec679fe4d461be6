import type { Scenario } from '../scenario.ts'
import { answers } from './answers.ts'
import { configuration } from './configuration.ts'
import { listeners } from './listeners.ts'
import { outages } from './outages.ts'
import { refusals } from './refusals.ts'
import { sharing } from './sharing.ts'
import { starting } from './starting.ts'
import { time } from './time.ts'
import { values } from './values.ts'

/** Every fault, by what it is about. */
export const scenarios: Readonly<Record<string, readonly Scenario[]>> = {
  starting,
  answers,
  outages,
  refusals,
  time,
  values,
  sharing,
  listeners,
  configuration,
}
