/** A secret of Secrets Manager. Without `stage` and `versionId` it is the version staged AWSCURRENT. */
export interface SecretReference {
  /** What it is. */
  readonly kind: 'secret'
  /** Name or ARN. */
  readonly id: string
  /** The staging label, `AWSPENDING` for instance. */
  readonly stage?: string
  /** The VersionId. */
  readonly versionId?: string
}

/** A parameter of Parameter Store. */
export interface ParameterReference {
  /** What it is. */
  readonly kind: 'parameter'
  /** Name, path or ARN; a name under `/aws/reference/secretsmanager/` is a secret read through Parameter Store. */
  readonly id: string
  /** The number of the version. */
  readonly version?: number
  /** The label of the version. */
  readonly label?: string
  /** Whether a SecureString is decrypted. */
  readonly decrypt: boolean
}

/** All parameters below a path. */
export interface TreeReference {
  /** What it is. */
  readonly kind: 'tree'
  /** The path, with its leading slash. */
  readonly id: string
  /** Whether parameters further down are taken too. */
  readonly recursive: boolean
  /** Whether SecureStrings are decrypted. */
  readonly decrypt: boolean
}

/** One thing to fetch. Two references with equal fields are the same thing, whoever declared them. */
export type Reference = SecretReference | ParameterReference | TreeReference

/** The identity of what is fetched: all that tells two values apart. A user's own key is not part of it. */
export function referenceKey(sourceIdentity: string, reference: Reference): string {
  return JSON.stringify([sourceIdentity, reference.kind, reference.id, ...selector(reference)])
}

function selector(reference: Reference): readonly unknown[] {
  switch (reference.kind) {
    case 'secret':
      return [reference.stage, reference.versionId]
    case 'parameter':
      return [reference.version, reference.label, reference.decrypt]
    case 'tree':
      return [reference.recursive, reference.decrypt]
  }
}
