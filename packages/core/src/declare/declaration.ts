import { undeclared } from '../shared/check.ts'
import type { Declared, Format, ParameterFormat, SecretFormat } from './declared.ts'

/** What a handler needs of Secrets Manager: its own key to a name or a reference. */
export type SecretsDeclaration = Readonly<Record<string, string | Declared<unknown, SecretFormat>>>

/** What a handler needs of Parameter Store. */
export type ParametersDeclaration = Readonly<Record<string, string | Declared<unknown, ParameterFormat>>>

/** The value that a declared reference is read as. */
export type ValueOf<Reference> =
  Reference extends Declared<infer Value, Format> ? Value : Reference extends string ? string : never

/**
 * Declares secrets once, for many handlers to `pick` from.
 * @example const secrets = defineSecrets({ db: json('prod/orders/db'), key: 'prod/stripe/key' })
 */
export function defineSecrets<const Secrets extends SecretsDeclaration>(secrets: Secrets): Secrets {
  return Object.freeze({ ...secrets })
}

/**
 * Declares parameters once, for many handlers to `pick` from.
 * @example const parameters = defineParameters({ hosts: list('/prod/orders/hosts') })
 */
export function defineParameters<const Parameters extends ParametersDeclaration>(
  parameters: Parameters,
): Parameters {
  return Object.freeze({ ...parameters })
}

/**
 * The keys that one handler needs of a shared declaration.
 * @throws {ConfigurationError} a key is not declared.
 * @example createSecrets({ source, secrets: pick(defineSecrets({ db: json('prod/orders/db'), key: 'prod/key' }), 'db') })
 */
export function pick<Declaration extends object, Key extends keyof Declaration & string>(
  declaration: Declaration,
  ...keys: readonly Key[]
): Pick<Declaration, Key> {
  const unknown = keys.find((key) => !Object.hasOwn(declaration, key))
  if (unknown !== undefined) throw undeclared('pick', unknown, Object.keys(declaration))
  return Object.fromEntries(keys.map((key) => [key, declaration[key]])) as Pick<Declaration, Key>
}
