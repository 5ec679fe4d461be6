import type { RoleView } from './role-view.ts'

/** What a template says of one function. Texts may hold placeholders. */
export interface TemplateFunction {
  readonly logicalId: string
  readonly isImage: boolean
  readonly layers: readonly string[]
  readonly architecture: string
  readonly timeoutSeconds: number | undefined
  readonly memoryMegabytes: number | undefined
  readonly environment: Readonly<Record<string, string>>
  readonly role: RoleView
  readonly region: string
  readonly partition: string
  readonly account: string
}
