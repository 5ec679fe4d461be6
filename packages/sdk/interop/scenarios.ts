import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import {
  DeleteParameterCommand,
  GetParametersCommand,
  LabelParameterVersionCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import type { Outcome, Reference, Source } from '@secrets-cache/core'
import { direct } from '@secrets-cache/direct'
import { sdk } from '../src/index.ts'

/** One thing that AWS is known to do: what should be seen, and what was. */
export interface Scenario {
  readonly name: string
  readonly expected: unknown
  readonly see: (account: Account) => Promise<unknown>
}

/** An account to write to, whoever plays it. Everything it makes begins with one prefix, and is deleted at the end. */
export type Account = ReturnType<typeof openAccount>

/** The sources that are tried. Values are written by the SDK's clients, whichever reads them. */
export const sources = {
  sdk: (clients: { secretsManager: SecretsManagerClient; ssm: SSMClient }): Source => sdk(clients),
  direct: (): Source => direct(),
}

export function openAccount(prefix: string, name: keyof typeof sources) {
  const secretsManager = new SecretsManagerClient()
  const ssm = new SSMClient()
  const made: (() => Promise<unknown>)[] = []
  const source = sources[name]({ secretsManager, ssm })

  async function outcomesOf(references: readonly Reference[]): Promise<readonly Outcome[]> {
    const signal = AbortSignal.timeout(20_000)
    const context = { signal, fresh: false, onRetry: () => {}, emit: () => {} }
    return Promise.all(await source.fetch(references, context))
  }

  return {
    prefix,
    secretsManager,
    ssm,
    outcomesOf,
    /** Values, or the codes of errors. */
    read: async (...references: readonly Reference[]) =>
      (await outcomesOf(references)).map((outcome) => (outcome.ok ? outcome.value : outcome.error.code)),
    async createSecret(name: string, value: string | Uint8Array): Promise<string> {
      const content = typeof value === 'string' ? { SecretString: value } : { SecretBinary: value }
      const { ARN } = await secretsManager.send(new CreateSecretCommand({ Name: prefix + name, ...content }))
      const gone = { SecretId: prefix + name, ForceDeleteWithoutRecovery: true }
      made.push(() => secretsManager.send(new DeleteSecretCommand(gone)))
      return String(ARN)
    },
    rotateSecret: (name: string, SecretString: string) =>
      secretsManager.send(new PutSecretValueCommand({ SecretId: prefix + name, SecretString })),
    async putParameter(
      name: string,
      Value: string,
      Type: 'String' | 'StringList' | 'SecureString' = 'String',
    ) {
      const Name = `/${prefix}${name}`
      const { Version } = await ssm.send(new PutParameterCommand({ Name, Value, Type, Overwrite: true }))
      if (Version === 1) made.push(() => ssm.send(new DeleteParameterCommand({ Name })))
      return Version
    },
    secret: (name: string, more: object = {}): Reference => ({ kind: 'secret', id: prefix + name, ...more }),
    parameter: (name: string, more: object = {}): Reference => ({
      kind: 'parameter',
      id: `/${prefix}${name}`,
      decrypt: true,
      ...more,
    }),
    tree: (name: string): Reference => ({
      kind: 'tree',
      id: `/${prefix}${name}`,
      recursive: true,
      decrypt: true,
    }),
    close: () => Promise.allSettled(made.map((remove) => remove())),
  }
}

const nameOf = async (asking: Promise<unknown>): Promise<string> =>
  asking.then(
    () => 'no error',
    (error: Error) => error.name,
  )

const numbers = (length: number) => Array.from({ length }, (_, index) => `n${index}`)

export const scenarios: readonly Scenario[] = [
  {
    name: 'secrets: text, empty JSON, bytes',
    expected: ['text', '{}', Uint8Array.of(0, 255)],
    async see({ createSecret, read, secret }) {
      await createSecret('text', 'text')
      await createSecret('json', '{}')
      await createSecret('bytes', Uint8Array.of(0, 255))
      return [...(await read(secret('text'), secret('json'))), ...(await read(secret('bytes')))]
    },
  },
  {
    name: 'secrets: bytes in a batch',
    expected: ['text', Uint8Array.of(1)],
    async see({ createSecret, read, secret }) {
      await createSecret('batch/text', 'text')
      await createSecret('batch/bytes', Uint8Array.of(1))
      return read(secret('batch/text'), secret('batch/bytes'))
    },
  },
  {
    name: 'secrets: 25 in two batches',
    expected: numbers(25),
    async see({ createSecret, read, secret }) {
      for (const name of numbers(25)) await createSecret(`many/${name}`, name)
      return read(...numbers(25).map((name) => secret(`many/${name}`)))
    },
  },
  {
    name: 'secrets: by ARN, whole and partial, single and in a batch',
    expected: [['x'], ['x'], ['x', 'x', 'x']],
    async see({ createSecret, read, secret }) {
      const arn = await createSecret('arn', 'x')
      const whole = { kind: 'secret', id: arn } as const
      const partial = { kind: 'secret', id: arn.slice(0, -7) } as const
      return [await read(whole), await read(partial), await read(whole, partial, secret('arn'))]
    },
  },
  {
    name: 'secrets: rotated',
    expected: [['new'], ['old'], ['new', 'new']],
    async see({ createSecret, rotateSecret, read, secret }) {
      await createSecret('rotated', 'old')
      await createSecret('rotated/too', 'old')
      await rotateSecret('rotated', 'new')
      await rotateSecret('rotated/too', 'new')
      return [
        await read(secret('rotated')),
        await read(secret('rotated', { stage: 'AWSPREVIOUS' })),
        await read(secret('rotated'), secret('rotated/too')),
      ]
    },
  },
  {
    name: 'secrets: another version is told by its VersionId',
    expected: [true, 'old'],
    async see({ createSecret, rotateSecret, outcomesOf, read, secret }) {
      await createSecret('version', 'old')
      const [old] = await outcomesOf([secret('version')])
      await rotateSecret('version', 'new')
      const [now] = await outcomesOf([secret('version')])
      if (!old?.ok || !now?.ok) return 'not read'
      return [old.version !== now.version, ...(await read(secret('version', { versionId: old.version })))]
    },
  },
  {
    name: 'secrets: missing name, stage, version; among others that are there',
    expected: [['NOT_FOUND'], ['NOT_FOUND'], ['NOT_FOUND'], ['there', 'NOT_FOUND']],
    async see({ createSecret, read, secret }) {
      await createSecret('there', 'there')
      const versionId = '00000000-0000-4000-8000-000000000000'
      return [
        await read(secret('nothing')),
        await read(secret('there', { stage: 'AWSPENDING' })),
        await read(secret('there', { versionId })),
        await read(secret('there'), secret('nothing')),
      ]
    },
  },
  {
    name: 'secrets: scheduled for deletion',
    expected: [['INVALID_REQUEST'], ['INVALID_REQUEST', 'x']],
    async see({ createSecret, secretsManager, read, secret, prefix }) {
      await createSecret('deleted', 'x')
      await createSecret('kept', 'x')
      await secretsManager.send(new DeleteSecretCommand({ SecretId: `${prefix}deleted` }))
      return [await read(secret('deleted')), await read(secret('deleted'), secret('kept'))]
    },
  },
  {
    name: 'secrets: more than 20 in one call',
    // Which of the two AWS says is unverified.
    expected: true,
    async see({ secretsManager }) {
      const many = new BatchGetSecretValueCommand({ SecretIdList: numbers(21) })
      return /^(InvalidParameter|Validation)Exception$/.test(await nameOf(secretsManager.send(many)))
    },
  },
  {
    name: 'parameters: the three types, decrypted',
    expected: ['text', ['a', 'b'], 'hidden'],
    async see({ putParameter, read, parameter }) {
      await putParameter('text', 'text')
      await putParameter('list', 'a,b', 'StringList')
      await putParameter('secure', 'hidden', 'SecureString')
      return read(parameter('text'), parameter('list'), parameter('secure'))
    },
  },
  {
    name: 'parameters: not decrypted',
    expected: ['plain', true],
    async see({ putParameter, read, parameter }) {
      await putParameter('closed/text', 'plain')
      await putParameter('closed/secure', 'hidden', 'SecureString')
      const [plain, secure] = await read(
        parameter('closed/text', { decrypt: false }),
        parameter('closed/secure', { decrypt: false }),
      )
      return [plain, secure !== 'hidden']
    },
  },
  {
    name: 'parameters: 23 in three batches',
    expected: numbers(23),
    async see({ putParameter, read, parameter }) {
      for (const name of numbers(23)) await putParameter(`many/${name}`, name)
      return read(...numbers(23).map((name) => parameter(`many/${name}`)))
    },
  },
  {
    name: 'parameters: version, label, ARN',
    expected: ['two', 'one', 'two', 'one', 'two', 'one', '2'],
    async see({ putParameter, ssm, outcomesOf, read, parameter, prefix }) {
      await putParameter('v', 'one')
      await putParameter('v', 'two')
      const Name = `/${prefix}v`
      await ssm.send(new LabelParameterVersionCommand({ Name, Labels: ['first'], ParameterVersion: 1 }))
      const [outcome] = await outcomesOf([parameter('v')])
      if (!outcome?.ok) return 'not read'
      const byArn = (more: object = {}): Reference => ({
        kind: 'parameter',
        id: String(outcome.arn),
        decrypt: true,
        ...more,
      })
      const values = await read(
        parameter('v'),
        parameter('v', { version: 1 }),
        parameter('v:2'),
        parameter('v', { label: 'first' }),
        byArn(),
        byArn({ version: 1 }),
      )
      return [...values, outcome.version]
    },
  },
  {
    name: 'parameters: missing name, version, label; among others that are there',
    expected: ['there', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'],
    async see({ putParameter, read, parameter }) {
      await putParameter('there', 'there')
      return read(
        parameter('there'),
        parameter('nothing'),
        parameter('there', { version: 9 }),
        parameter('there', { label: 'none' }),
      )
    },
  },
  {
    name: 'parameters: more than 10 in one call',
    expected: 'ValidationException',
    see: ({ ssm }) => nameOf(ssm.send(new GetParametersCommand({ Names: numbers(11) }))),
  },
  {
    name: 'parameters: a secret, now and before',
    expected: ['new', 'old', 'a VersionId'],
    async see({ createSecret, rotateSecret, outcomesOf, prefix }) {
      await createSecret('referenced', 'old')
      await rotateSecret('referenced', 'new')
      const id = `/aws/reference/secretsmanager/${prefix}referenced`
      const outcomes = await outcomesOf([
        { kind: 'parameter', id, decrypt: true },
        { kind: 'parameter', id, label: 'AWSPREVIOUS', decrypt: true },
      ])
      const [now] = outcomes
      const isVersionId = now?.ok && /^[\da-f-]{36}$/.test(String(now.version))
      return [
        ...outcomes.map((outcome) => (outcome.ok ? outcome.value : outcome.error.code)),
        isVersionId ? 'a VersionId' : 'none',
      ]
    },
  },
  {
    name: 'a tree: three pages',
    expected: [Object.fromEntries(numbers(25).map((name) => [`sub/${name}`, name]))],
    async see({ putParameter, read, tree }) {
      for (const name of numbers(25)) await putParameter(`tree/sub/${name}`, name)
      const [value] = await read(tree('tree'))
      return [value]
    },
  },
  {
    name: 'a tree: nothing below',
    expected: ['NOT_FOUND'],
    see: ({ read, tree }) => read(tree('no/tree')),
  },
]
