import { existsSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { Values } from '../account/account.ts'
import { toParameterVersion, toSecretValue } from '../account/values.ts'
import { decodeBytes } from '../control/bytes.ts'
import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'
import { refuse } from './bad-file.ts'
import { parseEnvironmentFile } from './environment-file.ts'
import { parseJsonValues } from './json-file.ts'
import { readText } from './read-text.ts'
import { parseYaml } from './yaml-file.ts'

const PARSERS: Readonly<Record<string, (file: string, text: string) => unknown>> = {
  '.json': parseJsonValues,
  '.yaml': parseYaml,
  '.yml': parseYaml,
  '.env': parseEnvironmentFile,
}

/** The names under which a values file is found. */
const NAMES = ['values.json', 'values.yaml', 'values.yml', 'values.env']

const SECTIONS = ['secrets', 'parameters']

/** The values file of a folder, if there is one. */
export const valuesFileIn = (folder: string): string | undefined => firstIn(folder, NAMES)

/** The first of these files that a folder has. */
export const firstIn = (folder: string, names: readonly string[]): string | undefined =>
  names.map((name) => join(folder, name)).find((file) => existsSync(file))

/** Whether a file has the name of a values file. */
export const isValuesFile = (file: string): boolean => Object.hasOwn(PARSERS, kindOf(file))

/** Reads a values file. Errors name the file, line and key, and quote no value. */
export const readValues = async (file: string): Promise<Values> => {
  const parse = PARSERS[kindOf(file)]
  const text = readText(file)
  if (!parse)
    return refuse(file, `a values file ends in .json, .yaml, .yml or .env, not in "${kindOf(file)}"`)
  const values = checked(file, await parse(file, text))
  checkEach(file, values)
  return values
}

const kindOf = (file: string): string => (basename(file).startsWith('.env') ? '.env' : extname(file))

/** Checks each entry by the account's rules, so that errors can name the file. */
const checkEach = (file: string, { secrets = {}, parameters = {} }: Values): void => {
  try {
    for (const [id, value] of Object.entries(secrets)) toSecretValue(id, value)
    for (const [id, value] of Object.entries(parameters)) toParameterVersion(id, value)
  } catch (error) {
    if (error instanceof LocalError) refuse(file, error.message)
    throw error
  }
}

const checked = (file: string, content: unknown): Values => {
  if (!isMap(content)) return refuse(file, 'it must hold { secrets: {...}, parameters: {...} }')
  for (const [name, section] of Object.entries(content)) {
    if (!SECTIONS.includes(name))
      refuse(file, `unknown key "${name}"; known are secrets and parameters.${didYouMean(name, SECTIONS)}`)
    if (!isMap(section)) refuse(file, `"${name}" must be a map from names to values`)
  }
  const { secrets = {}, parameters = {} } = content as { secrets?: object; parameters?: Values['parameters'] }
  return {
    secrets: Object.fromEntries(
      Object.entries(secrets).map(([id, value]) => [id, decodeBytes(value)]),
    ) as NonNullable<Values['secrets']>,
    parameters: parameters ?? {},
  }
}

const isMap = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
