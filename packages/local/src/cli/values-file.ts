import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { Values } from '../account/account.ts'
import { toParameterVersion, toSecretValue } from '../account/values.ts'
import { decodeBytes } from '../control/bytes.ts'
import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'
import { refuse } from './bad-file.ts'
import { parseEnvironmentFile } from './environment-file.ts'
import { jsonErrorOffset, lineAndColumn } from './json-position.ts'
import { parseYaml } from './yaml-file.ts'

const SECTIONS = ['secrets', 'parameters']

/** Reads a values file; its errors say file, line and key, and quote nothing. */
export const readValues = async (file: string): Promise<Values> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) =>
    refuse(file, error.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${error.code})`),
  )
  const values = checked(file, await parse(file, text))
  checkEach(file, values)
  return values
}

/** What an entry may be is the account's to say; only here is it known that a file said it. */
const checkEach = (file: string, { secrets = {}, parameters = {} }: Values): void => {
  try {
    for (const [id, value] of Object.entries(secrets)) toSecretValue(id, value)
    for (const [id, value] of Object.entries(parameters)) toParameterVersion(id, value)
  } catch (error) {
    if (error instanceof LocalError) refuse(file, error.message)
    throw error
  }
}

const parse = async (file: string, text: string): Promise<unknown> => {
  const kind = basename(file).startsWith('.env') ? '.env' : extname(file)
  if (kind === '.json') return parseJson(file, text)
  if (kind === '.yaml' || kind === '.yml') return parseYaml(file, text)
  if (kind === '.env') return parseEnvironmentFile(file, text)
  return refuse(file, `a values file ends in .json, .yaml, .yml or .env, not in "${kind}"`)
}

const parseJson = (file: string, text: string): unknown => {
  const offset = jsonErrorOffset(text)
  if (offset === undefined) return JSON.parse(text)
  return refuse(`${file}:${lineAndColumn(text, offset)}`, 'this is not JSON from here on')
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
