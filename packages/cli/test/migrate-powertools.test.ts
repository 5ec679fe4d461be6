import { describe, expect, it } from '@jest/globals'
import { migrateText } from '../src/migrate/migrate-text.ts'

const secrets = "import { getSecret } from '@aws-lambda-powertools/parameters/secrets'\n"
const parameters =
  "import { getParameter, getParameters, getParametersByName } from '@aws-lambda-powertools/parameters/ssm'\n"

const migrated = (text: string, file = 'handler.js') => migrateText(text, file)
const left = (text: string, file?: string) =>
  migrated(text, file).left.map(({ line, message }) => `${line} ${message}`)
const todos = (text: string, file?: string) => migrated(text, file).todos.map(({ message }) => message)

/** What is declared for one call in a handler, and what the handler has instead. */
function declared(call: string, file = 'handler.js', rest = 'return a'): readonly string[] {
  const { text } = migrated(
    `${secrets}${parameters}export const handler = async () => {\n  const a = await ${call}\n  ${rest}\n}\n`,
    file,
  )
  const views = [...text.matchAll(/^ {2}((?:secrets|parameters|maxAge): .*),$/gm)].map(
    ([, view = '']) => view,
  )
  return [...views, /^ {2}const a = .*/m.exec(text)?.[0]?.trim() ?? text]
}

describe('migrate, from the parameters of Powertools', () => {
  it.each([
    ["getSecret('a', { maxAge: 60 })", ['maxAge: 60', "secrets: { a: 'a' }", 'const a = secrets.a']],
    [
      "getSecret('a', { maxAge: 60, transform: 'json' })",
      ['maxAge: 60', "secrets: { a: json('a') }", 'const a = secrets.a'],
    ],
    [
      "getSecret('a', { maxAge: 60, transform: 'binary' })",
      ['maxAge: 60', "secrets: { a: 'a' }", "const a = Buffer.from(secrets.a, 'base64').toString()"],
    ],
    ["getSecret('a', { maxAge: -1 })", ['maxAge: 0', "secrets: { a: 'a' }", 'const a = secrets.a']],
    [
      "getSecret('a', { maxAge: 60, throwOnMissing: true, sdkOptions: { VersionStage: 'AWSPENDING' } })",
      ['maxAge: 60', "secrets: { a: text('a', { stage: 'AWSPENDING' }) }", 'const a = secrets.a'],
    ],
    [
      "getParameter('/a', { maxAge: 60, decrypt: true })",
      ['maxAge: 60', "parameters: { a: '/a' }", 'const a = parameters.a'],
    ],
    [
      "getParameter('/a', { maxAge: 60, decrypt: false })",
      ['maxAge: 60', "parameters: { a: text('/a', { decrypt: false }) }", 'const a = parameters.a'],
    ],
    [
      "getParameters('/a', { maxAge: 60, recursive: true })",
      ['maxAge: 60', "parameters: { a: tree('/a', { recursive: true }) }", 'const a = parameters.a'],
    ],
    [
      "getParametersByName({ '/x': {}, '/y': { transform: 'json', maxAge: 9 } }, { maxAge: 60 })",
      [
        "parameters: { x: text('/x', { maxAge: 60 }), y: json('/y', { maxAge: 9 }) }",
        "const a = { '/x': parameters.x, '/y': parameters.y }",
      ],
    ],
  ])('%s', (call, expected) => {
    expect(declared(call)).toEqual(expected)
  })

  it('takes types, and the type that a value is asserted to be', () => {
    const json = "{ maxAge: 60, transform: 'json' }"
    expect(declared(`getSecret<Database>('a', ${json})`, 'x.ts')[1]).toBe(
      "secrets: { a: json<Database>('a') }",
    )
    expect(declared(`getSecret('a', ${json}) as Database`, 'x.ts')[1]).toBe(
      "secrets: { a: json<Database>('a') }",
    )
    expect(declared("getSecret('a', { maxAge: 60 }) as Uint8Array", 'x.ts')[1]).toBe(
      "secrets: { a: binary('a') }",
    )
    expect(declared("getParameters('/a', { maxAge: 60 })", 'x.ts')[2]).toBe(
      'const a = (parameters.a as Record<string, string>)',
    )
  })

  it('makes a list of what is split at its commas', () => {
    expect(
      declared("getParameter('/a', { maxAge: 60 })", 'x.ts', "return [a?.split(','), a.split(',').length]"),
    ).toContain("parameters: { a: list('/a') }")
    const { text } = migrated(
      `${parameters}export const handler = async () => {\n  const a = await getParameter('/a', { maxAge: 60 })\n  return [a?.split(','), a.split(',').length]\n}\n`,
    )
    expect(text).toContain('return [[...a], [...a].length]')
  })

  it.each([
    [
      'another function',
      "const read = async () => await getSecret('a', { maxAge: 60 })\nexport const handler = async () => read()",
    ],
    [
      'a condition',
      "export const handler = async (event) => (event.a ? await getSecret('a', { maxAge: 60 }) : 1)",
    ],
    [
      'a branch',
      "export const handler = async (event) => { if (event.a) return await getSecret('a', { maxAge: 60 }) }",
    ],
    [
      'a loop',
      "export const handler = async (event) => { for (const _ of event.a) await getSecret('a', { maxAge: 60 }) }",
    ],
    [
      'a callback',
      "export const handler = async (event) => event.a.map(async () => await getSecret('a', { maxAge: 60 }))",
    ],
    [
      'a name of the event',
      'export const handler = async (event) => { await getSecret(event.name, { maxAge: 60 }) }',
    ],
    [
      'a promise',
      "export const handler = async () => { const a = getSecret('a', { maxAge: 60 }); return a }",
    ],
    [
      'a failure of its own',
      "export const handler = async () => await getSecret('a', { maxAge: 60 }).catch(() => 1)",
    ],
    [
      'a constant that comes later',
      "export const handler = async () => { return await getSecret(NAME, { maxAge: 60 }) }\nconst NAME = 'a'",
    ],
    [
      'another handler beside it',
      "export const aHandler = async () => { await getSecret('a', { maxAge: 60 }) }\nexport const bHandler = async () => { await getSecret('b', { maxAge: 60 }) }",
    ],
  ])('asks on demand, as before, in %s', (_, code) => {
    const { text, todos: none } = migrated(`${secrets}${code}\n`)
    expect(text).toContain('const values = createSecrets({ source: sdk(), maxAge: 60 })')
    expect(text).toContain(code.replaceAll(/getSecret\(([^,]+), \{ maxAge: 60 \}\)/g, 'values.get($1)'))
    expect(none).toEqual([])
  })

  it('loads together what a handler always awaits, inside of its try', () => {
    const { text } = migrated(`${secrets}${parameters}export const handler = async () => {
  try {
    const [a, b] = await Promise.all([getSecret('a', { maxAge: 60 }), getParameter('/b', { maxAge: 60 })])
    return [a, b]
  } catch {
    return await getSecret('c', { maxAge: 60 })
  }
}
`)
    expect(text).toContain(`  try {
    const { secrets, parameters } = await values.read()
    const [a, b] = await Promise.all([secrets.a, parameters.b])
    return [a, b]
  } catch {
    return await values.get('c')
  }`)
  })

  it('reads constants that hold options, and removes what nothing uses any more', () => {
    const text = `import { Transform } from '@aws-lambda-powertools/parameters'
${secrets}import type { GetSecretValueCommandInput } from '@aws-sdk/client-secrets-manager'
import { stage, unused } from './stages.ts'

const options = { maxAge: 60, transform: Transform.JSON }

export const handler = async () => {
  // The one before.
  const sdkOptions: Partial<GetSecretValueCommandInput> = { VersionStage: 'AWSPREVIOUS' }
  const a = await getSecret<Database>('a', options)
  const b = await getSecret(stage, { maxAge: 60, sdkOptions })
  return [a, b]
}
`
    expect(migrated(text, 'x.ts').text).toBe(`import { createSecrets, json, text } from '@secrets-cache/core'
import { sdk } from '@secrets-cache/sdk'
import { stage, unused } from './stages.ts'

const values = createSecrets({
  source: sdk(),
  maxAge: 60,
  secrets: { a: json<Database>('a'), b: text(stage, { stage: 'AWSPREVIOUS' }) },
})

export const handler = async () => {
  // The one before.
  const { secrets } = await values.read()
  const a = secrets.a
  const b = secrets.b
  return [a, b]
}
`)
  })

  it('knows the syntax of decorators, also of parameters and before an export', () => {
    const code = `${secrets}@named()
export class Orders<const T extends object> {
  constructor(@inject() private readonly a: T) {}
  @traced() async read(): Promise<unknown> {
    return <unknown>await getSecret('a', { maxAge: 60 })
  }
}
`
    expect(migrated(code, 'x.ts').text).toContain("return <unknown>await values.get('a')")
    const other = `${secrets}export @named() class Orders { read = () => getSecret('a', { maxAge: 60 }) }\n`
    expect(migrated(other, 'x.ts').text).toContain("read = () => values.get('a')")
  })

  it('asks anew where a fetch was forced, and fails where that fails', () => {
    expect(
      migrated(`${secrets}export const handler = async () => await getSecret('a', { forceFetch: true })\n`)
        .text,
    ).toContain("await values.get(text('a', { maxAge: 0, staleIfError: 0 }))")
  })

  it('keeps the default age, and says that it is one', () => {
    const text = `${secrets}export const handler = async () => { const a = await getSecret('a'); return a }\n`
    expect(migrated(text).text).toContain('maxAge: 5,')
    expect(todos(text)).toEqual([expect.stringContaining('5 seconds are the default of Powertools')])
  })

  it('makes a reader of a provider, with its client', () => {
    const text = `import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets'
const provider = new SecretsProvider({ awsSdkV3Client: client })
export const handler = async () => provider.get('a', { maxAge: 60 })
`
    expect(migrated(text).text).toBe(`import { createSecrets } from '@secrets-cache/core'
import { sdk } from '@secrets-cache/sdk'
const provider = createSecrets({ source: sdk({ secretsManager: client }), maxAge: 60 })
export const handler = async () => provider.get('a')
`)
  })

  const provider = "import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm'\n"
  it.each([
    [
      `${provider}const p = new SSMProvider()\nexport const handler = async () => p.set('/a', { value: '1' })\n`,
      '3 @aws-lambda-powertools/parameters/ssm: p.set has no counterpart.',
    ],
    [
      `${provider}export const p = new SSMProvider()\nexport const handler = async () => p.get('/a')\n`,
      '2 @aws-lambda-powertools/parameters/ssm: SSMProvider is exported, or made inside of a function.',
    ],
    [
      `${provider}class A { p = new SSMProvider() }\n`,
      '2 @aws-lambda-powertools/parameters/ssm: SSMProvider is not made as a constant.',
    ],
    [
      `${secrets}export const all = names.map(getSecret)\n`,
      '2 @aws-lambda-powertools/parameters/secrets: getSecret is passed on, not called.',
    ],
    [
      `${secrets}export const a = getSecret('a', options())\n`,
      '2 @aws-lambda-powertools/parameters/secrets: its options are known only at run time.',
    ],
    [
      `${secrets}export const a = getSecret('a', { transform })\n`,
      '2 @aws-lambda-powertools/parameters/secrets: its transform is known only at run time, or tells by the name.',
    ],
    [
      `${parameters}export const a = getParameters('/a', { transform: 'auto' })\n`,
      '2 @aws-lambda-powertools/parameters/ssm: getParameters: transform has no counterpart.',
    ],
    [
      `${parameters}export const a = getParametersByName({ '/a': {} }, { throwOnError: false })\n`,
      '2 @aws-lambda-powertools/parameters/ssm: throwOnError: false has no counterpart: give each that may be missing a fallback.',
    ],
    [
      `import { clearCaches } from '@aws-lambda-powertools/parameters'\nclearCaches()\n`,
      '1 @aws-lambda-powertools/parameters: clearCaches has no effect on what is read here.',
    ],
    [
      `${secrets}import { GetParameterError } from '@aws-lambda-powertools/parameters/errors'\nexport const a = () => getSecret('a')\n`,
      '2 @aws-lambda-powertools/parameters/errors: the code tells GetParameterError apart, which nothing throws here.',
    ],
    [
      `${secrets}export const a = async () => { const a = await getSecret('a'); return a instanceof Uint8Array }\n`,
      '2 @aws-lambda-powertools/parameters/secrets: the code tells by the value whether it is text or bytes: declare text() or binary().',
    ],
  ])('leaves %j as it is, and tells why', (text, told) => {
    expect(migrated(text).text).toBe(text)
    expect(left(text)).toEqual([told])
  })

  it('has nothing to say of what is not for secrets and parameters', () => {
    const text =
      "import { getAppConfig } from '@aws-lambda-powertools/parameters/appconfig'\nexport const a = getAppConfig('a')\n"
    expect(migrated(text)).toMatchObject({ text, left: [], todos: [] })
  })
})
