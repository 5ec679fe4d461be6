import { CannotMigrate } from '../source/cannot-migrate.ts'
import { importsOf, type Used, usesOf } from '../source/imports.ts'
import type { Source } from '../source/source.ts'
import { readerOfFunctions, readerOfProvider } from './readers-in.ts'
import { rewriteReader } from './rewrite-reader.ts'
import type { Reader } from './wanted.ts'

const powertools = '@aws-lambda-powertools/parameters'
const services = [`${powertools}/secrets`, `${powertools}/ssm`]
const functions = ['getSecret', 'getParameter', 'getParameters', 'getParametersByName']
const providers = ['SecretsProvider', 'SSMProvider']

/** Migrates Powertools' parameters: secrets and parameters. What else that package has stays, and is told. */
export function migratePowertools(source: Source): void {
  const imports = importsOf(source, (module) => module === powertools || module.startsWith(`${powertools}/`))
  for (const { module, name, specifier, isType } of imports) {
    if (module === powertools && name === 'clearCaches' && !isType)
      source.stays(specifier.node, `${module}: ${name} has no effect on what is read here.`)
  }
  const ours = imports.filter(({ module }) => services.includes(module))
  if (ours.length === 0) return
  const errors = imports.find(({ name }) => /Error$/.test(name))
  if (errors) {
    source.stays(
      errors.specifier.node,
      `${errors.module}: the code tells ${errors.name} apart, which nothing throws here.`,
    )
    return
  }
  const used = ours.filter(({ isType }) => !isType).flatMap(usesOf)
  for (const { imported, name, path } of used) {
    if (!functions.includes(name) && !providers.includes(name))
      source.stays(path.node, `${imported.module}: ${name} has no counterpart.`)
  }
  const readers = [readerOfFunctions(source, used), ...used.map((each) => provider(source, each))]
  for (const reader of readers) if (reader) rewriteReader(source, reader)
}

function provider(source: Source, used: Used): Reader | undefined {
  if (!providers.includes(used.name)) return undefined
  try {
    return readerOfProvider(source, used)
  } catch (error) {
    if (!(error instanceof CannotMigrate)) throw error
    source.stays(error.node, `${used.imported.module}: ${error.message}.`)
    return undefined
  }
}
