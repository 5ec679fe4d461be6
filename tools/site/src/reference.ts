import { rmSync } from 'node:fs'
import { Application, type DeclarationReflection, type ProjectReflection, ReflectionKind } from 'typedoc'
import { root } from './pages.ts'
import { publicEntries } from './public-entries.ts'

export const folder = `${root}tools/site/reference`

/** Writes the reference of every public entry from its TSDoc. Throws where something public has none. */
export async function writeReference(): Promise<ProjectReflection> {
  const application = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: publicEntries.map(({ source }) => source),
    tsconfig: `${root}tools/site/tsconfig.json`,
    alwaysCreateEntryPointModule: true,
    basePath: root,
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    excludeExternals: true,
    groupOrder: ['Functions', 'Interfaces', 'Type Aliases', 'Classes', 'Variables', 'References'],
    readme: 'none',
    sort: ['source-order'],
    validation: { notDocumented: false, invalidLink: true, notExported: false },
    logLevel: 'Warn',
    // The folder is emptied above; typedoc would empty another one if this were wrong.
    cleanOutputDir: false,
    outputs: [{ name: 'markdown', path: folder }],
    // Options of the plugin.
    ...({
      outputFileStrategy: 'modules',
      flattenOutputFiles: true,
      hideBreadcrumbs: true,
      hidePageHeader: true,
      useCodeBlocks: true,
      parametersFormat: 'table',
      interfacePropertiesFormat: 'table',
      propertyMembersFormat: 'table',
      typeDeclarationFormat: 'table',
      enumMembersFormat: 'table',
      entryFileName: 'index',
      tableColumnSettings: {
        hideInherited: true,
        hideModifiers: true,
        hideOverrides: true,
        hideSources: true,
      },
      pageTitleTemplates: { index: 'Reference', module: ({ name }: { name: string }) => idOf(name) },
    } as object),
  })
  const project = await application.convert()
  if (!project) throw new Error('The sources do not compile, so there is no reference.')
  for (const module of project.children ?? []) {
    const entry = publicEntries.find(({ source }) =>
      source.includes(`${module.name.replace('packages/', '')}`),
    )
    if (!entry) throw new Error(`typedoc made a module ${module.name}, which is no entry of ours.`)
    module.name = entry.page
  }
  application.validate(project)
  const bare = undocumented(project)
  if (bare.length > 0) throw new Error(`Public, and without TSDoc:\n${bare.join('\n')}`)
  rmSync(folder, { recursive: true, force: true })
  await application.generateOutputs(project)
  const { errorCount, warningCount } = application.logger
  if (errorCount + warningCount > 0)
    throw new Error(`${errorCount + warningCount} complaints of typedoc, above.`)
  return project
}

/** What people import, by the name of its page. */
const idOf = (page: string) => publicEntries.find((entry) => entry.page === page)?.id ?? page

/** Tools, whose shapes are JSON and events that tell themselves: a sentence for the whole is enough there. */
const tools = /^(?:cli|local)/

/**
 * What people can name and nobody has described: every export, and what an exported interface holds. What an entry exports
 * of another one is described there.
 */
function undocumented(project: ProjectReflection): readonly string[] {
  const exportsOf = ({ children = [] }: DeclarationReflection) =>
    children.filter(({ kind }) => kind !== ReflectionKind.Reference)
  const modules = project.children ?? []
  const exported = modules.flatMap(exportsOf)
  const properties = modules
    .filter(({ name }) => !tools.test(name))
    .flatMap(exportsOf)
    .filter(({ kind }) => kind === ReflectionKind.Interface)
    .flatMap(({ children = [] }) => children.filter((child) => !child.inheritedFrom))
  return [...exported, ...properties]
    .filter((one) => !isDocumented(one))
    .map((one) => `${one.getFullName()}, ${ReflectionKind.singularString(one.kind)}`)
}

/** Comments of functions stand at their signatures, those of properties that are functions too. */
function isDocumented(one: DeclarationReflection): boolean {
  const { type } = one
  const inside = type?.type === 'reflection' ? [type.declaration, ...(type.declaration.signatures ?? [])] : []
  return [one, ...(one.signatures ?? []), ...inside].some((each) => each.hasComment())
}
