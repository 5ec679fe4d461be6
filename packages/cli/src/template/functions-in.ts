import { existsSync, statSync } from 'node:fs'
import { dirname, resolve as resolvePath } from 'node:path'
import { handlerFile } from '../functions/find-functions.ts'
import { handlerIn } from '../functions/find-handler.ts'
import type { FunctionPlace } from '../functions/function-place.ts'
import { withConditions } from './conditions.ts'
import {
  type Fields,
  fieldsIn,
  listIn,
  parseTemplate,
  type Resource,
  type Template,
} from './parse-template.ts'
import { hasPlaceholder } from './placeholder.ts'
import { createResolver, type Known, type Resolver } from './resolve.ts'
import { roleOf } from './role-of.ts'
import type { TemplateFunction } from './template-function.ts'

export interface TemplateOptions extends Known {
  /** Where the code of a function is, by its logical id: a folder or the handler's file. */
  readonly code: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
}

/** The functions of a template; those whose code is not here have a reason instead. */
export interface TemplateFunctions {
  readonly places: readonly FunctionPlace[]
  readonly absent: readonly { readonly name: string; readonly reason: string }[]
}

const types: readonly string[] = ['AWS::Serverless::Function', 'AWS::Lambda::Function']

export function functionsIn(file: string, options: TemplateOptions): TemplateFunctions {
  const written = parseTemplate(file)
  // Conditions are made of the template's parameters and mappings alone.
  const template = withConditions(written, createResolver(written, options))
  const resolver = createResolver(template, options)
  const found = Object.entries(template.Resources)
    .filter(([, { Type }]) => types.includes(Type))
    .map(([logicalId, resource]) => functionOf(logicalId, resource, { file, template, resolver, options }))
    .filter((each) => each !== undefined)
  return {
    places: found.filter((each) => 'file' in each),
    absent: found.filter((each) => 'reason' in each),
  }
}

interface Context {
  readonly file: string
  readonly template: Template
  readonly resolver: Resolver
  readonly options: TemplateOptions
}

type Found = FunctionPlace | { readonly name: string; readonly reason: string } | undefined

function functionOf(logicalId: string, resource: Resource, context: Context): Found {
  const { resolver, template, options } = context
  const globals =
    resource.Type === 'AWS::Serverless::Function' ? fieldsIn(fieldsIn(template.Globals)['Function']) : {}
  const properties = { ...globals, ...resource.Properties }
  const runtime = resolver.text(properties['Runtime'])
  if (runtime !== '' && !runtime.startsWith('nodejs') && !runtime.includes('\uE000')) return undefined
  const open = openIn(properties, resolver)
  if (open !== undefined) {
    return {
      name: logicalId,
      reason: `its ${open} depends on what only the deployment knows: try --parameter Name=value`,
    }
  }
  const code = codeOf(logicalId, resource, properties, context)
  if ('reason' in code) return { name: logicalId, reason: code.reason }
  const described = describe(logicalId, globals, properties, context)
  return {
    name: logicalId,
    file: code.file,
    folder: code.root,
    codeRoot: code.root,
    exportName: /\.([^./]+)$/.exec(resolver.text(properties['Handler']))?.[1],
    environment: { AWS_REGION: resolver.region, ...described.environment, ...options.environment },
    inheritsVariables: false,
    template: described,
  }
}

/** A property without which the code cannot be imported as it would run. */
function openIn({ Handler, Environment }: Fields, { text }: Resolver): string | undefined {
  if (hasPlaceholder(text(Handler))) return 'Handler'
  const isOpen = [Environment, fieldsIn(Environment)['Variables']].some((each) => 'Fn::If' in fieldsIn(each))
  return isOpen ? 'Environment' : undefined
}

function describe(
  logicalId: string,
  globals: Fields,
  properties: Fields,
  { resolver, template }: Context,
): TemplateFunction {
  const { resolve, text, region, partition, account } = resolver
  const variables = (fields: Fields) => fieldsIn(resolve(fieldsIn(fields['Environment'])['Variables']))
  const layers =
    properties === globals ? [] : [...listIn(globals['Layers']), ...own(globals, properties, 'Layers')]
  const count = (name: string) => {
    const value = Number(text(properties[name]))
    return properties[name] === undefined || Number.isNaN(value) ? undefined : value
  }
  const environment = { ...variables(globals), ...variables(properties) }
  return {
    logicalId,
    isImage: text(properties['PackageType']) === 'Image',
    layers: listIn(resolve(layers)).flatMap(listIn).map(String),
    architecture: String(listIn(resolve(properties['Architectures']))[0] ?? 'x86_64'),
    // Lambda's own defaults; what the template leaves open is not known.
    timeoutSeconds: properties['Timeout'] === undefined ? 3 : count('Timeout'),
    memoryMegabytes: properties['MemorySize'] === undefined ? 128 : count('MemorySize'),
    environment: Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, String(value)]),
    ),
    role: roleOf(logicalId, properties, template, resolver),
    region,
    partition,
    account,
  }
}

/** The function's own list, where it has one: SAM appends it to that of the globals. */
function own(globals: Fields, properties: Fields, name: string): readonly unknown[] {
  return properties[name] === globals[name] ? [] : listIn(properties[name])
}

type Code = { readonly root: string; readonly file: string } | { readonly reason: string }

/** The handler's file: where the caller says, as SAM's esbuild is told, in CDK's asset, or below CodeUri. */
function codeOf(logicalId: string, { Metadata = {} }: Resource, properties: Fields, context: Context): Code {
  const { file: templateFile, resolver, options } = context
  const base = dirname(resolvePath(templateFile))
  const handler = resolver.text(properties['Handler'])
  const said = options.code[logicalId]
  if (said !== undefined) return codeAt(resolvePath(said), handler, `--code ${logicalId}=${said}`)
  const asset = Metadata['aws:asset:path'] ?? assetOf(properties, base, resolver)
  const written = asset ?? properties['CodeUri'] ?? properties['Code']
  if (typeof written !== 'string') {
    return { reason: `its code is not beside the template: say where it is with --code ${logicalId}=folder` }
  }
  const root = resolvePath(base, written)
  const [entry] = listIn(fieldsIn(Metadata['BuildProperties'])['EntryPoints'])
  if (Metadata['BuildMethod'] === 'esbuild' && typeof entry === 'string') {
    const file = resolvePath(root, entry)
    if (existsSync(file)) return { root, file }
  }
  return codeAt(root, handler, written)
}

/** CDK names the folder of an asset by a hash, and its zip in the bucket by the same. */
function assetOf({ Code }: Fields, base: string, { text }: Resolver): string | undefined {
  const [, hash] = /^(?:.*\/)?([0-9a-f]{32,64})\.zip$/.exec(text(fieldsIn(Code)['S3Key'])) ?? []
  const folder = `asset.${hash}`
  return hash !== undefined && existsSync(resolvePath(base, folder)) ? folder : undefined
}

function codeAt(root: string, handler: string, name: string): Code {
  if (!existsSync(root)) return { reason: `${name}: there is no such folder` }
  if (!statSync(root).isDirectory()) {
    return /\.[cm]?[jt]sx?$/.test(root)
      ? { root: dirname(root), file: root }
      : { reason: `${name} is no folder: unpack it, or give --code` }
  }
  const file = handler === '' ? handlerIn(root) : (handlerFile(root, handler) ?? handlerIn(root))
  return file === undefined ? { reason: `${name}: there is no ${handler} in it` } : { root, file }
}
