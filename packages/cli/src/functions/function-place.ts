import type { TemplateFunction } from '../template/template-function.ts'

/** A function as it was found: where its handler is, and what it is given. */
export interface FunctionPlace {
  readonly name: string
  readonly file: string
  /** The folder in which it runs. */
  readonly folder: string
  /** Where Lambda would unpack its code, as the template says it. */
  readonly codeRoot: string | undefined
  /** The export that the template names. */
  readonly exportName: string | undefined
  readonly environment: Readonly<Record<string, string>>
  /** Whether the shell's variables are passed on: not where a template says which there are. */
  readonly inheritsVariables: boolean
  /** What the template says of it. */
  readonly template: TemplateFunction | undefined
}
