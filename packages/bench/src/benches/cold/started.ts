import type { Setting } from '../../environment/start-environment.ts'
import type { Subject } from '../../handlers/index.ts'
import type { Bundle } from './bundle.ts'
import type { Cold } from './start-cold.ts'

/** A bundled function, and how it started in each round: with a whole processor, and with a share of one. */
export interface Started {
  readonly subject: Subject
  readonly bundle: Bundle
  readonly starts: Readonly<Record<Share, Cold[]>>
}

/** How much of a processor the first invocation has; INIT has a whole one, as in Lambda. */
export type Share = 'whole' | 'quarter'

export interface Case {
  readonly title: string
  readonly setting: Setting
  readonly all: readonly Started[]
}

/** Milliseconds of each round, from the start of the process to the first response. */
export const sum = ({ init, invoke }: Cold): number => init.wall + invoke.wall

export const startOf = (all: readonly Started[], wanted: Subject): Started | undefined =>
  all.find(({ subject }) => subject === wanted)
