import type { Setting } from '../../environment/start-environment.ts'
import { type Subject, subjects } from '../../handlers/index.ts'
import type { Bundle } from './bundle.ts'
import type { Cold } from './start-cold.ts'

/** A bundled function, and how it started in each round, in each of the ways. */
export interface Started {
  readonly subject: Subject
  readonly bundle: Bundle
  readonly starts: Readonly<Record<Way, Cold[]>>
}

/** How a function is started. */
interface Conditions {
  /** How much of a processor the first invocation has; INIT has a whole one, as in Lambda. */
  readonly share: number
  /** Whether AWS is reached over TLS. The layer is not, ever. */
  readonly isTls: boolean
  readonly title: string
}

/** Lambda gives a whole processor at 1,769 MB, and its share of one to less. */
export const ways = {
  whole: { share: 1, isTls: true, title: '' },
  quarter: { share: 0.25, isTls: true, title: ', a quarter of a processor for the invocation' },
  small: { share: 256 / 1_769, isTls: true, title: ', with the processor of 256 MB for the invocation' },
  plain: { share: 1, isTls: false, title: ', AWS reached without TLS' },
} as const satisfies Record<string, Conditions>

export type Way = keyof typeof ways

/** Whether something is started this way: without AWS there is no TLS, and Middy alone is what others are compared with. */
export const isStarted = ({ reads, file }: Subject, way: Way): boolean =>
  way !== 'plain' || reads === 'aws' || [subjects.noop, subjects.http].some((one) => one.file === file)

export interface Case {
  readonly title: string
  readonly setting: Setting
  readonly all: readonly Started[]
}

/** Milliseconds of each round, from the start of the process to the first response. */
export const sum = ({ init, invoke }: Cold): number => init.wall + invoke.wall

export const startOf = (all: readonly Started[], wanted: Subject): Started | undefined =>
  all.find(({ subject }) => subject === wanted)
