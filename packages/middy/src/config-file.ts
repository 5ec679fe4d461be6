import { readFileSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Declared, isSecretsCacheError } from '@secrets-cache/core'
import { declarationOf } from './config-file/declaration-of.ts'
import { parseYaml } from './config-file/parse-yaml.ts'
import { refuse } from './config-file/refuse.ts'

/** The types of the values in a file, by key. Nothing checks them: the file is read when the function runs. */
export interface ConfigFileTypes {
  /** The types of the keys under `secrets`. */
  readonly secrets?: object
  /** The types of the keys under `parameters`. */
  readonly parameters?: object
}

/** The declaration in a file, ready for `secretsCache`: one view for each list that is not empty. */
export type ConfigFileDeclaration<Types extends ConfigFileTypes> = {
  readonly [View in keyof Types]: { readonly [Key in keyof Types[View]]: Declared<Types[View][Key], never> }
}

/** The type of a file whose keys are not given: any key, and text. */
export interface AnyText {
  /** Every secret is text. */
  readonly secrets: Readonly<Record<string, string>>
  /** Every parameter is text. */
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * Reads a `config.yaml` as a declaration, once, at INIT:
 *
 * ```yaml
 * SecretManagers:
 *   - secrets:
 *       - prod/stripe/key                                        # text, by its name
 *       - { key: db, name: prod/orders/db, format: json }
 * ParameterStores:
 *   - parameters:
 *       - { key: hosts, name: /prod/orders/hosts, format: list }
 * ```
 *
 * @param file relative to the function's folder (LAMBDA_TASK_ROOT), or to the current one where that is not set.
 * @throws {ConfigurationError} with the line and the key of what is wrong.
 * @example secretsCache(configFile<{ secrets: { db: Credentials } }>())
 */
export function configFile<Types extends ConfigFileTypes = AnyText>(
  file: string | URL = 'config.yaml',
): ConfigFileDeclaration<Types> {
  const path =
    file instanceof URL ? fileURLToPath(file) : resolve(process.env['LAMBDA_TASK_ROOT'] ?? '', file)
  const name = basename(path)
  return declarationOf(parseYaml(name, readText(name, path))) as ConfigFileDeclaration<Types>
}

/** Thousands of names. The parser takes seconds for some files that are larger. */
const largest = 256 * 1_024

function readText(name: string, path: string): string {
  try {
    if (statSync(path).size > largest) throw refuse(name, 'the file is larger than 256 KiB')
    // The mark that some editors write in front.
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    if (isSecretsCacheError(error)) throw error
    const { code } = error as NodeJS.ErrnoException
    throw refuse(name, code === 'ENOENT' ? `there is no such file: ${path}` : `it cannot be read (${code})`)
  }
}
