import { managedPolicy } from './managed-policies.ts'
import { type Fields, fieldsIn, isFields, listIn, type Resource, type Template } from './parse-template.ts'
import { hasPlaceholder, shown } from './placeholder.ts'
import type { Resolver } from './resolve.ts'
import type { RoleStatement, RoleView } from './role-view.ts'
import { samPolicy } from './sam-policies.ts'

/** The role of a function, with every policy of the template that is attached to it. */
export function roleOf(
  logicalId: string,
  properties: Fields,
  template: Template,
  resolver: Resolver,
): RoleView {
  const isSam = template.Resources[logicalId]?.Type === 'AWS::Serverless::Function'
  if (properties['Role'] === undefined && isSam) {
    const own = listIn(properties['Policies']).map((policy, index) =>
      samPolicyView(policy, index, resolver, template),
    )
    return merge([...own, ...attachedTo(`${logicalId}Role`, template, resolver)])
  }
  const role = roleName(properties['Role'])
  const resource = role === undefined ? undefined : template.Resources[role]
  if (role === undefined || resource?.Type !== 'AWS::IAM::Role') {
    return {
      statements: [],
      unseen: [`the role ${shown(resolver.text(properties['Role'])) || 'is not in the template'}`],
    }
  }
  return merge([...policiesOf(role, resource, resolver, template), ...attachedTo(role, template, resolver)])
}

/** The resource behind `!GetAtt Role.Arn`. */
function roleName(given: unknown): string | undefined {
  const [name, attribute] = listIn(fieldsIn(given)['Fn::GetAtt']).flatMap((each) => String(each).split('.'))
  return attribute === 'Arn' ? name : undefined
}

function policiesOf(
  name: string,
  { Properties = {} }: Resource,
  resolver: Resolver,
  template: Template,
): readonly RoleView[] {
  const inline = listIn(Properties['Policies']).map((policy) => {
    const { PolicyName, PolicyDocument } = fieldsIn(policy)
    return documentView(`${name}, policy ${shown(resolver.text(PolicyName))}`, PolicyDocument, resolver)
  })
  const managed = listIn(Properties['ManagedPolicyArns']).map((arn) => managedView(arn, resolver, template))
  const boundary = Properties['PermissionsBoundary'] === undefined ? [] : ['a permissions boundary']
  return [...inline, ...managed, { statements: [], unseen: boundary }]
}

/** AWS::IAM::Policy and AWS::IAM::ManagedPolicy resources name the roles that they are for. */
function attachedTo(role: string, { Resources }: Template, resolver: Resolver): readonly RoleView[] {
  return Object.entries(Resources)
    .filter(([, { Type }]) =>
      ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'].includes(Type),
    )
    .filter(([, { Properties = {} }]) => {
      const roles = [...listIn(Properties['Roles']), ...listIn(Properties['RoleName'])]
      return roles.some((each) => fieldsIn(each)['Ref'] === role)
    })
    .map(([name, { Properties = {}, Condition }]) =>
      Condition === undefined
        ? documentView(name, Properties['PolicyDocument'], resolver)
        : { statements: [], unseen: [`${name}, which the condition ${Condition} decides about,`] },
    )
}

function managedView(given: unknown, resolver: Resolver, template: Template): RoleView {
  const own = fieldsIn(given)['Ref']
  const resource = typeof own === 'string' ? template.Resources[own] : undefined
  if (resource?.Type === 'AWS::IAM::ManagedPolicy') {
    return documentView(String(own), fieldsIn(resource.Properties)['PolicyDocument'], resolver)
  }
  return managedPolicy(resolver.text(given))
}

function samPolicyView(policy: unknown, index: number, resolver: Resolver, template: Template): RoleView {
  const fields = fieldsIn(policy)
  if ('Statement' in fields) return documentView(`Policies[${index}]`, policy, resolver)
  const [name, ...more] = Object.keys(fields)
  const isTemplate =
    name !== undefined && more.length === 0 && isFields(fields[name]) && !/^(Ref|Fn::)/.test(name)
  if (!isTemplate) return managedView(policy, resolver, template)
  return samPolicy(name, fieldsIn(resolver.resolve(fields[name])), resolver)
}

function documentView(where: string, document: unknown, resolver: Resolver): RoleView {
  const { Statement } = fieldsIn(resolver.resolve(document))
  // A list that is an intrinsic as a whole.
  if (typeof Statement === 'string') return { statements: [], unseen: [where] }
  const statements = listIn(Statement).map((each, index) => statementIn(where, fieldsIn(each), index))
  return {
    statements: statements.filter((each) => !isOpen(each)),
    unseen: statements
      .filter(isOpen)
      .map((each) => `${each.where}, whose effect or action the template leaves open,`),
  }
}

/** A statement that is an intrinsic as a whole has no action; one may be as long as it is. */
function isOpen({ effect, actions, notActions }: RoleStatement): boolean {
  const all = [...actions, ...notActions]
  return hasPlaceholder(effect) || all.length === 0 || all.some(hasPlaceholder)
}

function statementIn(where: string, fields: Fields, index: number): RoleStatement {
  const texts = (name: string) => listIn(fields[name]).map(String)
  return {
    where: `${where}, ${fields['Sid'] === undefined ? `statement ${index + 1}` : `Sid ${fields['Sid']}`}`,
    // An intrinsic that stays open is neither.
    effect: String(fields['Effect'] ?? 'Allow') as RoleStatement['effect'],
    actions: texts('Action'),
    notActions: texts('NotAction'),
    resources: texts('Resource'),
    notResources: texts('NotResource'),
    hasCondition: fields['Condition'] !== undefined,
  }
}

function merge(views: readonly RoleView[]): RoleView {
  return {
    statements: views.flatMap(({ statements }) => statements),
    unseen: views.flatMap(({ unseen }) => unseen),
  }
}
