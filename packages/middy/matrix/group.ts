import type { Manager } from '../test/helpers/install-with.ts'
import type { UserProject } from '../test/helpers/user-project.ts'

/** A project to install, and what must work in it. */
export interface Group {
  readonly name: string
  readonly install: readonly string[]
  /** @default 'npm' */
  readonly manager?: Manager
  readonly prepare?: (project: UserProject) => Promise<void>
  /** Each rejects with what is wrong. */
  readonly rows: Readonly<Record<string, (project: UserProject) => Promise<unknown>>>
}

/** Whether a combination works. */
export interface Result {
  readonly group: string
  readonly row: string
  readonly works: boolean
}
