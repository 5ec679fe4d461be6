import type { Binding, NodePath } from '@babel/traverse'
import type { Expression, Identifier, Node, StringLiteral } from '@babel/types'
import type { Source } from './source.ts'

/** A local name for an export of a module; `*` is all of it. */
export interface Imported {
  readonly module: string
  readonly name: string
  readonly local: string
  readonly binding: Binding
  readonly isType: boolean
  /** The import declaration, or the declaration of what `require` gave. */
  readonly statement: NodePath
  /** The specifier, declarator or property. */
  readonly specifier: NodePath
  readonly isRequired: boolean
}

/** One place that uses an export: what stands for it, such as `ssm` or `secrets.getSecret`. */
export interface Used {
  readonly imported: Imported
  readonly name: string
  readonly path: NodePath<Expression>
}

/** What the file imports of the modules that are wanted, however it does. */
export function importsOf(source: Source, isWanted: (module: string) => boolean): readonly Imported[] {
  const found: Imported[] = []
  const add = (
    each: Omit<Imported, 'binding' | 'local'> & { readonly local: string | undefined },
    scope: NodePath,
  ): void => {
    const { local } = each
    const binding = local === undefined ? undefined : scope.scope.getBinding(local)
    if (local !== undefined && binding !== undefined) found.push({ ...each, local, binding })
  }
  source.program.traverse({
    ImportDeclaration(statement) {
      const module = statement.node.source.value
      if (!isWanted(module)) return
      const isTypes = statement.node.importKind === 'type'
      for (const specifier of statement.get('specifiers')) {
        const { node } = specifier
        const name =
          node.type === 'ImportSpecifier'
            ? nameOf(node.imported)
            : node.type === 'ImportDefaultSpecifier'
              ? 'default'
              : '*'
        const isType = isTypes || (node.type === 'ImportSpecifier' && node.importKind === 'type')
        add(
          { module, name, local: node.local.name, isType, statement, specifier, isRequired: false },
          statement,
        )
      }
    },
    TSImportEqualsDeclaration(statement) {
      const { moduleReference, id } = statement.node
      if (moduleReference.type !== 'TSExternalModuleReference') return
      const module = moduleReference.expression.value
      if (!isWanted(module)) return
      const isType = statement.node.importKind === 'type'
      add(
        { module, name: '*', local: id.name, isType, statement, specifier: statement, isRequired: true },
        statement,
      )
    },
    VariableDeclarator(specifier) {
      const required = requiredBy(specifier.node.init)
      if (required === undefined || !isWanted(required.module)) return
      const { module, name } = required
      const statement = specifier.parentPath as NodePath
      const common = { module, isType: false, statement, isRequired: true } as const
      const id = specifier.get('id')
      if (id.isIdentifier()) add({ ...common, name: name ?? '*', local: id.node.name, specifier }, specifier)
      if (!id.isObjectPattern() || name !== undefined) return
      for (const property of id.get('properties')) {
        if (!property.isObjectProperty() || property.node.computed) continue
        const { key, value } = property.node
        const local = value.type === 'Identifier' ? value.name : undefined
        add({ ...common, name: nameOf(key as Identifier), local, specifier: property }, specifier)
      }
    },
  })
  return found
}

/** `require('x')`, or `require('x').name`. */
function requiredBy(init: Node | null | undefined): { module: string; name: string | undefined } | undefined {
  if (init?.type === 'MemberExpression' && init.property.type === 'Identifier' && !init.computed) {
    const inner = requiredBy(init.object)
    return inner && inner.name === undefined ? { module: inner.module, name: init.property.name } : undefined
  }
  if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier' || init.callee.name !== 'require')
    return undefined
  const [argument] = init.arguments
  return argument?.type === 'StringLiteral' ? { module: argument.value, name: undefined } : undefined
}

const nameOf = (node: Identifier | StringLiteral): string =>
  node.type === 'Identifier' ? node.name : node.value

/** The places that use it, types apart. */
export function usesOf(imported: Imported): readonly Used[] {
  return imported.binding.referencePaths
    .filter((path) => !isInType(path))
    .map((path) => {
      const { parentPath } = path
      if (imported.name !== '*') return { imported, name: imported.name, path: path as NodePath<Expression> }
      const isMember = parentPath?.isMemberExpression() && path.key === 'object' && !parentPath.node.computed
      if (!isMember) return { imported, name: 'default', path: path as NodePath<Expression> }
      const { property } = parentPath.node
      return { imported, name: (property as Identifier).name, path: parentPath as NodePath<Expression> }
    })
}

/** Every place that names it, types and all. */
export function mentionsOf(source: Source, { local, binding }: Imported): readonly Node[] {
  const found: Node[] = []
  source.program.traverse({
    Identifier(path) {
      const isSpecifier =
        path.findParent((parent) => parent.isImportDeclaration()) !== null || path.node === binding.identifier
      const isOwn = path.node.name === local && path.scope.getBinding(local) === binding
      const { parent, key } = path
      const isName = key === 'property' && parent.type === 'MemberExpression' && !parent.computed
      if (isOwn && !isSpecifier && !isName) found.push(path.node)
    },
  })
  return found
}

export function isInType(path: NodePath): boolean {
  return path.findParent((parent) => parent.isTSType() || parent.isTSInterfaceDeclaration()) !== null
}
