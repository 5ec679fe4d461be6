import type { NodePath } from '@babel/traverse'
import type { ImportDeclaration, Program } from '@babel/types'

const core = '@secrets-cache/core'
const middleware = '@secrets-cache/middy'

/** The names that migrated code needs of our packages. */
export class NewImports {
  readonly #program: NodePath<Program>
  readonly #taken: Set<string>
  readonly #needed = new Map<string, Map<string, string>>()

  constructor(program: NodePath<Program>) {
    this.#program = program
    this.#taken = namesIn(program)
  }

  /** The local name of an export of ours, imported with the others at the end. */
  use(module: string, name: string): string {
    // What a handler needs of core is exported by the middleware's package too.
    const known = module === core ? this.#needed.get(middleware)?.get(name) : undefined
    if (known !== undefined) return known
    const names = this.#needed.get(module) ?? new Map<string, string>()
    this.#needed.set(module, names)
    const local = names.get(name) ?? this.#imported(module, name) ?? this.unique(name)
    names.set(name, local)
    return local
  }

  /** A name that nothing in the file has yet. */
  unique(wanted: string): string {
    let name = wanted
    for (let count = 1; this.#taken.has(name); count++)
      name = count === 1 ? `${wanted}Of` : `${wanted}${count}`
    this.#taken.add(name)
    return name
  }

  /** What is to be imported and is not yet: each module with its exports and their local names. */
  get missing(): readonly { readonly module: string; readonly names: ReadonlyMap<string, string> }[] {
    return [...this.#needed]
      .map(([module, names]) => ({
        module,
        names: new Map([...names].filter(([name]) => this.#imported(module, name) === undefined)),
      }))
      .filter(({ names }) => names.size > 0)
      .sort((a, b) => a.module.localeCompare(b.module))
  }

  /** An import of this module to which names can be added. */
  declarationOf(module: string): ImportDeclaration | undefined {
    return this.#program.node.body.find(
      (each): each is ImportDeclaration =>
        each.type === 'ImportDeclaration' &&
        each.importKind !== 'type' &&
        each.source.value === module &&
        each.specifiers.at(-1)?.type === 'ImportSpecifier',
    )
  }

  #imported(module: string, name: string): string | undefined {
    for (const each of this.#program.node.body) {
      if (each.type !== 'ImportDeclaration' || each.source.value !== module || each.importKind === 'type')
        continue
      for (const specifier of each.specifiers) {
        if (specifier.type !== 'ImportSpecifier' || specifier.importKind === 'type') continue
        const { imported } = specifier
        if ((imported.type === 'Identifier' ? imported.name : imported.value) === name)
          return specifier.local.name
      }
    }
    return undefined
  }
}

/** Every name that anything in the file is bound to, or refers to. */
function namesIn(program: NodePath<Program>): Set<string> {
  const names = new Set<string>()
  program.traverse({
    Identifier: ({ node, key, parent }) => {
      const isProperty =
        (key === 'property' &&
          (parent.type === 'MemberExpression' || parent.type === 'OptionalMemberExpression')) ||
        (key === 'key' && parent.type === 'ObjectProperty' && !parent.shorthand)
      if (!isProperty) names.add(node.name)
    },
  })
  return names
}
