/** Something about a line of a file, as it was before. */
export interface Remark {
  readonly line: number
  readonly message: string
}

/** What became of one file. `--json` prints it. */
export interface Migrated {
  readonly file: string
  /**
   * `changed`: it has edits, written with `--write`. `unchanged`: it has nothing to migrate, or all of it stays.
   * `unreadable`: it cannot be parsed or read.
   */
  readonly status: 'changed' | 'unchanged' | 'unreadable'
  /** The edits as a unified diff; empty where there are none. */
  readonly diff: string
  /** The TODO comments that the edits add: a type or a meaning that cannot be known from the file. */
  readonly todos: readonly Remark[]
  /** What stays as it is, and why. */
  readonly left: readonly Remark[]
  /** What is different from now on, and needs no decision. */
  readonly notes: readonly string[]
  /** The packages that the file imports now and did not before. */
  readonly added: readonly string[]
  /** The packages that it imports no more. */
  readonly removed: readonly string[]
}
