import { readFileSync } from 'node:fs'
import { parse, type ScalarTag } from 'yaml'

/** A SAM template, its `!Ref`s and `!Sub`s as text with the names in angle brackets. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>
}

interface Resource {
  readonly Type: string
  // biome-ignore lint/suspicious/noExplicitAny: as deep as CloudFormation's
  readonly Properties: any
  // biome-ignore lint/suspicious/noExplicitAny: the same
  readonly Metadata?: any
}

export interface Statement {
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
}

const scalar = (name: string, resolve: (text: string) => unknown): ScalarTag => ({
  tag: `!${name}`,
  resolve,
})
const customTags = [
  scalar('Ref', (name) => `<${name}>`),
  scalar('GetAtt', (name) => `<${name}>`),
  scalar('GetAZs', () => '<zones>'),
  scalar('Sub', (text) => text.replaceAll(/\$\{([^}]+)\}/g, '<$1>')),
]

export const readTemplate = (file: string): Template =>
  parse(readFileSync(file, 'utf8'), { customTags, logLevel: 'error' })

export const ofType = (template: Template, type: string): readonly Resource[] =>
  Object.values(template.Resources).filter(({ Type }) => Type === type)

/** What the function of a template may do, besides what Lambda itself needs, as `action resource`. */
export function allowed(template: Template): readonly string[] {
  const inline = ofType(template, 'AWS::Serverless::Function').flatMap(
    ({ Properties }) => Properties.Policies ?? [],
  )
  const roles = ofType(template, 'AWS::IAM::Role').flatMap(({ Properties }) => Properties.Policies)
  const documents = [...inline, ...roles.map(({ PolicyDocument }) => PolicyDocument)]
  const statements: readonly Statement[] = documents.flatMap(({ Statement }) => Statement)
  return statements
    .flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${action} ${resource}`)),
    )
    .toSorted()
}
