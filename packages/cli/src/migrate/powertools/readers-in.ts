import type { NodePath } from '@babel/traverse'
import type { CallExpression, NewExpression } from '@babel/types'
import { CannotMigrate } from '../source/cannot-migrate.ts'
import type { Used } from '../source/imports.ts'
import { objectAt, propertiesOf } from '../source/objects.ts'
import type { Source } from '../source/source.ts'
import { type Operation, readCall } from './read-call.ts'
import type { Asked, Reader } from './wanted.ts'

const functions: readonly string[] = ['getSecret', 'getParameter', 'getParameters', 'getParametersByName']

/** The reader in the place of the functions, with the calls that can be migrated. */
export function readerOfFunctions(source: Source, used: readonly Used[]): Reader | undefined {
  const asked = used.flatMap((each): readonly Asked[] => {
    if (!functions.includes(each.name)) return []
    try {
      return [readCall(source, calledAt(each), each.name as Operation)]
    } catch (error) {
      if (!(error instanceof CannotMigrate)) throw error
      source.stays(error.node, `${each.imported.module}: ${error.message}.`)
      return []
    }
  })
  if (asked.length === 0) return undefined
  const sdk = source.imports.use('@secrets-cache/sdk', 'sdk')
  return { provider: undefined, name: source.imports.unique('values'), source: `${sdk}()`, asked }
}

function calledAt({ path, name }: Used): NodePath<CallExpression> {
  const { parentPath } = path
  if (parentPath?.isCallExpression() && path.key === 'callee') return parentPath as NodePath<CallExpression>
  throw new CannotMigrate(path.node, `${name} is passed on, not called`)
}

const providers = {
  SecretsProvider: {
    get: 'getSecret',
    option: 'secretsManager',
    client: 'SecretsManagerClient',
    module: '@aws-sdk/client-secrets-manager',
  },
  SSMProvider: { get: 'getParameter', option: 'ssm', client: 'SSMClient', module: '@aws-sdk/client-ssm' },
} as const

/** A provider as a reader: all of its calls, or none. @throws {CannotMigrate} */
export function readerOfProvider(source: Source, used: Used): Reader {
  const kind = providers[used.name as keyof typeof providers]
  const made = used.path.parentPath
  const declarator = made?.parentPath
  const statement = declarator?.parentPath
  if (
    !made?.isNewExpression() ||
    !declarator?.isVariableDeclarator() ||
    declarator.node.id.type !== 'Identifier'
  )
    throw new CannotMigrate(used.path.node, `${used.name} is not made as a constant`)
  const isTop =
    statement?.isVariableDeclaration() &&
    statement.node.declarations.length === 1 &&
    statement.parentPath?.isProgram()
  if (
    !isTop ||
    !statement ||
    statement.node.type !== 'VariableDeclaration' ||
    statement.node.kind !== 'const'
  )
    throw new CannotMigrate(made.node, `${used.name} is exported, or made inside of a function`)
  if (declarator.node.id.typeAnnotation)
    throw new CannotMigrate(made.node, `${used.name} has its type written`)
  const { name } = declarator.node.id
  const references = declarator.scope.getBinding(name)?.referencePaths ?? []
  const asked = references.map((reference) => {
    const member = reference.parentPath
    const call = member?.parentPath
    const method =
      member?.isMemberExpression() && member.node.property.type === 'Identifier'
        ? member.node.property.name
        : ''
    const operation = {
      get: kind.get,
      getMultiple: 'getParameters',
      getParametersByName: 'getParametersByName',
    }[method as 'get']
    if (operation === undefined || !call?.isCallExpression() || member?.key !== 'callee')
      throw new CannotMigrate(
        reference.node,
        `${name}${method === '' ? '' : `.${method}`} has no counterpart`,
      )
    return readCall(source, call as NodePath<CallExpression>, operation as Operation)
  })
  if (asked.length === 0) throw new CannotMigrate(made.node, `${name} is not used here`)
  return { provider: statement, name, source: sourceOf(source, made as NodePath<NewExpression>, kind), asked }
}

function sourceOf(
  source: Source,
  made: NodePath<NewExpression>,
  kind: (typeof providers)[keyof typeof providers],
): string {
  const sdk = source.imports.use('@secrets-cache/sdk', 'sdk')
  const [given] = made.get('arguments') as NodePath[]
  if (!given) return `${sdk}()`
  const object = objectAt(given)
  if (!object) throw new CannotMigrate(given.node, 'its options are known only at run time')
  const properties = propertiesOf(object)
  const [[option, property] = [], ...more] = properties
  if (option === undefined || !property) return `${sdk}()`
  const text = source.textOf(property.node.value)
  if (more.length > 0 || (option !== 'awsSdkV3Client' && option !== 'clientConfig'))
    throw new CannotMigrate(property.node, `the option ${option} is not known`)
  if (option === 'awsSdkV3Client') return `${sdk}({ ${kind.option}: ${text} })`
  return `${sdk}({ ${kind.option}: new ${source.imports.use(kind.module, kind.client)}(${text}) })`
}
