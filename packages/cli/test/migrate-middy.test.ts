import { describe, expect, it } from '@jest/globals'
import { migrateText } from '../src/migrate/migrate-text.ts'

const imports = "import middy from '@middy/core'\nimport ssm from '@middy/ssm'\n"
const ours =
  "import { parametersCache } from '@secrets-cache/middy'\nimport { sdk } from '@secrets-cache/sdk'\n"

/** A handler in JavaScript whose parameter `a` is text, with further options. */
const withOptions = (options: string) =>
  `${imports}export const handler = middy(async (event, context) => context.a.trim()).use(ssm({ fetchData: { a: '/a' }, setToContext: true, ${options} }))\n`

/** The options that it has then. */
function optionsAfter(options: string): string {
  const { text } = migrateText(withOptions(options), 'handler.js')
  return /parametersCache\(\{ (.*) \}\)\)\n$/.exec(text)?.[1] ?? text
}

const migrated = (text: string, file = 'handler.js') => migrateText(text, file)
const left = (text: string, file?: string) =>
  migrated(text, file).left.map(({ line, message }) => `${line} ${message}`)
const todos = (text: string, file?: string) => migrated(text, file).todos.map(({ message }) => message)

describe('migrate, from the middlewares of Middy', () => {
  it('touches the calls, the reads and the imports, and nothing else', () => {
    const before = `#!/usr/bin/env node
/* A file   with its own format */
import middy from "@middy/core";
import ssm from "@middy/ssm";

const  spaced   =  [1,2 , 3];
export const handler = middy(async (event, context) => { // here
    return [ context.a.trim( ), context.functionName,spaced ];
}).use(ssm({
    fetchData : { a: "/a" },   // the name
    cacheExpiry: 60 * 1000,
    setToContext: true,
}));
`
    expect(migrated(before).text).toBe(`#!/usr/bin/env node
/* A file   with its own format */
import middy from "@middy/core";
import { parametersCache } from "@secrets-cache/middy";
import { sdk } from "@secrets-cache/sdk";

const  spaced   =  [1,2 , 3];
export const handler = middy(async (event, context) => { // here
    return [ context.parameters.a.trim( ), context.functionName,spaced ];
}).use(parametersCache({
    source: sdk(),
    parameters : { a: "/a" },   // the name
    maxAge: 60,
}));
`)
  })

  it('keeps the ends of lines', () => {
    const { text } = migrated(withOptions('').replaceAll('\n', '\r\n'))
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(text).toContain("from '@secrets-cache/middy'\r\nimport")
  })

  it.each([
    ['cacheExpiry: 300_000', "source: sdk(), parameters: { a: '/a' }, maxAge: 300"],
    ['cacheExpiry: 5 * 60 * 1000', "source: sdk(), parameters: { a: '/a' }, maxAge: 5 * 60"],
    ['cacheExpiry: 1500', "source: sdk(), parameters: { a: '/a' }, maxAge: 1.5"],
    ['cacheExpiry: 0', "source: sdk(), parameters: { a: '/a' }, maxAge: 0"],
    ['cacheExpiry: -1', "source: sdk(), parameters: { a: '/a' }, maxAge: Number.POSITIVE_INFINITY"],
    ['cache: true', "source: sdk(), maxAge: Number.POSITIVE_INFINITY, parameters: { a: '/a' }"],
    [
      'cacheExpiry: 1, disablePrefetch: true',
      "source: sdk(), parameters: { a: '/a' }, maxAge: 0.001, prefetch: false",
    ],
    ['cacheExpiry: 0, disablePrefetch: false', "source: sdk(), parameters: { a: '/a' }, maxAge: 0"],
    [
      'cacheExpiry: 0, disablePrefetch: isLate',
      "source: sdk(), parameters: { a: '/a' }, maxAge: 0, prefetch: !(isLate)",
    ],
    [
      "cacheExpiry: 0, cacheKey: 'k', awsRequestLimit: 5",
      "source: sdk(), parameters: { a: '/a' }, maxAge: 0",
    ],
    [
      'cacheExpiry: 0, AwsClient: SSMClient, awsClientOptions: { region }',
      "source: sdk({ ssm: new SSMClient({ region }) }), parameters: { a: '/a' }, maxAge: 0",
    ],
    [
      'cacheExpiry: 0, disablePrefetch: true, awsClientCapture: capture',
      "source: sdk({ ssm: capture(new SSMClient({})) }), parameters: { a: '/a' }, maxAge: 0, prefetch: false",
    ],
  ])('%s', (options, expected) => {
    expect(optionsAfter(options)).toBe(expected)
  })

  it.each([
    ['', 'for ever unless told otherwise'],
    ['cacheExpiry: expiry', 'for ever, which was -1, is Number.POSITIVE_INFINITY'],
    ['cacheExpiry: 7 * 24 * 3600 * 1000', 'cacheExpiry was 604800000, which Middy takes for a point in time'],
    ['cacheExpiry: 0, fetchRotationDate: true', 'retryOnRotation()'],
  ])('%s asks for a decision', (options, message) => {
    expect(todos(withOptions(options))).toEqual([expect.stringContaining(message)])
    expect(migrated(withOptions(options)).text).toContain('// TODO(secrets-cache): ')
  })

  it.each([
    ['{ ...common }', 'an option is spread'],
    ['{ fetchData, setToContext: true }', 'the names in fetchData are not written out'],
    ['{ fetchData: {} }', 'fetchData is empty'],
    ["{ fetchData: { toString: '/a' } }", 'toString cannot be a key here'],
    ["{ fetchData: { 'a-b': '/a', a_b: '/b' } }", 'two keys of fetchData are a_b on the context'],
    [
      "{ fetchData: { a: '/a' }, setToContext: isSet }",
      'whether setToContext is true is known only at run time',
    ],
    [
      "{ fetchData: { a: '/a' }, awsClientAssumeRole: 'role' }",
      'give sdk() a client with the credentials of the role',
    ],
    ["{ fetchData: { a: '/a' }, cacheKeyExpiry: { k: 1 } }", 'give each reference a maxAge of its own'],
    ["{ fetchData: { a: '/a' }, unheard: 1 }", 'the option unheard is not known'],
    [
      "{ fetchData: { a: '/a' }, cacheExpiryInMillis: 1 }",
      'an option of Middy 1, which is cacheExpiry since',
    ],
    ["{ cache: true, names: { a: '/a' } }", 'names is an option of Middy 1'],
    ["{ fetchData: { all: '/' } }", 'it fetches every parameter of the account'],
    ["{ fetchData: { secrets: '/a' }, setToContext: true }", 'context.secrets is a view here'],
  ])('leaves %s as it is, and tells why', (options, reason) => {
    const text = `${imports}const fetchData = names()\nexport const handler = middy(elsewhere).use(ssm(${options}))\n`
    expect(migrated(text).text).toBe(text)
    expect(left(text)).toEqual([expect.stringMatching(/^4 @middy\/ssm: /)])
    expect(left(text)[0]).toContain(reason)
  })

  it.each([
    ["jest.mock('@middy/ssm')\n", '1 @middy/ssm is given to a function, such as a mock, here.'],
    ["export { default } from '@middy/ssm'\n", '1 @middy/ssm is exported here.'],
    ["const load = () => import('@middy/ssm')\n", '1 @middy/ssm is imported at run time here.'],
    ["use(require('@middy/ssm')({}))\n", '1 @middy/ssm is required inside of an expression here.'],
    [
      "import { ssmValidateOptions } from '@middy/ssm'\nssmValidateOptions({})\n",
      '2 @middy/ssm: ssmValidateOptions has no counterpart.',
    ],
    ["import type { Context } from '@middy/ssm'\n", '1 @middy/ssm: its type Context has no counterpart.'],
    [
      `${imports}const late = () => ssm({ fetchData: { a: '/a' } })\n`,
      '3 @middy/ssm: it is not made in a .use(...) of this file, so what it is for cannot be known.',
    ],
    [
      `${imports}middy(async (e, context) => { context.a = 1 }).use(ssm({ fetchData: { a: '/a' }, setToContext: true }))\n`,
      '3 @middy/ssm: context.a is written, and a view cannot be.',
    ],
  ])('tells of %j', (text, told) => {
    expect(migrated(text, 'x.ts').text).toBe(text)
    expect(left(text, 'x.ts')).toEqual([told])
  })

  it('goes on with the others beside what stays', () => {
    const text = `${imports}import secretsManager from '@middy/secrets-manager'
export const handler = middy(async (e, { key }) => key.trim())
  .use(ssm({ ...options }))
  .use(secretsManager({ fetchData: { key: 'key' }, cacheExpiry: 0, setToContext: true }))
`
    const { text: after, removed } = migrated(text)
    expect(after).toContain(
      ".use(ssm({ ...options }))\n  .use(secretsCache({ source: sdk(), secrets: { key: 'key' }, maxAge: 0 }))",
    )
    expect(after).toContain("import ssm from '@middy/ssm'")
    expect(removed).toEqual(['@middy/secrets-manager'])
  })

  it.each([
    ['async (e, context) => context.a.trim()', 'async (e, context) => context.parameters.a.trim()'],
    ["async (e, context) => context['a'].trim()", "async (e, context) => context.parameters['a'].trim()"],
    ['async (e, context) => context?.a.trim()', 'async (e, context) => context.parameters?.a.trim()'],
    ['async (e, { a }) => a.trim()', 'async (e, { parameters: { a } }) => a.trim()'],
    [
      'async (e, { a: b, functionName }) => b.trim()',
      'async (e, { parameters: { a: b }, functionName }) => b.trim()',
    ],
    [
      'async (e, { functionName, a = "" }) => a.trim()',
      'async (e, { functionName, parameters: { a = "" } }) => a.trim()',
    ],
    [
      'async (e, { a, ...rest }) => [a.trim(), rest]',
      'async (e, { parameters: { a }, ...rest }) => [a.trim(), rest]',
    ],
    [
      'async (e, context) => { const { a } = context; return a.trim() }',
      'async (e, context) => { const { a } = context.parameters; return a.trim() }',
    ],
    [
      'async (e, context) => { const { a, functionName } = context; return a.trim() }',
      'async (e, context) => { const { parameters: { a }, functionName } = context; return a.trim() }',
    ],
    [
      'async (e, context) => { const own = context; return own.a.trim() }',
      'async (e, context) => { const own = context; return own.parameters.a.trim() }',
    ],
    [
      'async (e, context) => { console.log(context); return context.a.trim() }',
      'async (e, context) => { console.log(context); return context.parameters.a.trim() }',
    ],
  ])('%s', (handler, expected) => {
    const text = withOptions('cacheExpiry: 0').replace(
      'async (event, context) => context.a.trim()',
      () => handler,
    )
    expect(migrated(text).text).toBe(
      `${imports.replace("import ssm from '@middy/ssm'\n", ours)}export const handler = middy(${expected}).use(parametersCache({ source: sdk(), parameters: { a: '/a' }, maxAge: 0 }))\n`,
    )
    expect(todos(text)).toEqual([])
  })

  it.each(['read(context)', '{ ...context }', 'context[key]', '(({ b, ...rest }) => rest)(context)'])(
    'keeps the values on the context for %s',
    (whole) => {
      const text = withOptions('cacheExpiry: 0').replace(
        'context.a.trim()',
        () => `[context.a.trim(), ${whole}]`,
      )
      expect(migrated(text).text).toContain(
        '.before(({ context }) => {\n    // TODO(secrets-cache): what reads these from the context is not in sight from here.',
      )
      expect(migrated(text).text).toContain('Object.assign(context, { a: context.parameters.a })')
    },
  )

  it.each([
    ['context.a.split(",")', "'/a'", undefined],
    ['JSON.parse(context.a)', "'/a'", undefined],
    ['context.a.user', "json('/a')", undefined],
    ['context.a[event.key]', "json('/a')", undefined],
    ['context.a.map(String)', "list('/a')", 'list() is right for a StringList'],
    ['context.a.length', "'/a'", 'Middy tells by the value what it is'],
    [`\`\${context.a}\``, "'/a'", 'Middy tells by the value what it is'],
    ['[context.a.user, context.a.trim()]', "'/a'", 'Middy tells by the value what it is'],
  ])('%s shows that it is %s', (use, declared, doubt) => {
    const text = withOptions('cacheExpiry: 0').replace('context.a.trim()', () => use)
    expect(migrated(text).text).toContain(`parameters: { a: ${declared} }`)
    expect(todos(text)).toEqual(doubt === undefined ? [] : [expect.stringContaining(doubt)])
  })

  it.each([
    ['{ a: string }', "'/a'"],
    ['{ a?: { b: number } }', "json<{ b: number }>('/a')"],
    ['{ a: readonly string[] }', "list('/a')"],
    ['{ a: Other }', "json<Other>('/a')"],
    ['Context & { a: string | undefined }', "'/a'"],
  ])('the type %s says that it is %s', (type, declared) => {
    const text = `${imports}export const handler = middy().use(ssm({ fetchData: { a: '/a' }, setToContext: true, cacheExpiry: 0 })).handler(async (event, context) => (context as unknown as ${type}).a)\n`
    expect(migrated(text, 'x.ts').text).toContain(
      `parameters: { a: ${declared} }, maxAge: 0 })).handler(async (event, context) => context.parameters.a)`,
    )
  })

  it('says no more of a context that nothing reads', () => {
    const text = `${imports}const main = async (event: unknown, context: Context) => event
export default middy(main).use(ssm({ fetchData: { a: '/a' }, cacheExpiry: 0, setToContext: true }))
`
    expect(migrated(text, 'x.ts').text).toContain('async (event: unknown, context: Context) => event')
  })

  it('says that two of them shared a cache', () => {
    const two = (
      options: string,
    ) => `${imports}export const handler = middy(async (e, { a, b }) => [a.trim(), b.trim()])
  .use(ssm({ fetchData: { a: '/a' }, cacheExpiry: 0, setToContext: true }))
  .use(ssm({ fetchData: { b: '/b' }, cacheExpiry: 0, setToContext: true${options} }))
`
    expect(migrated(two('')).notes).toEqual([
      expect.stringContaining('two of the middlewares had one cacheKey'),
    ])
    expect(migrated(two(", cacheKey: 'b'")).notes).toEqual([
      expect.stringContaining('cacheKey: no such option'),
    ])
    expect(migrated(two('')).text).toContain(
      'async (e, { parameters: { a }, parameters: { b } }) => [a.trim(), b.trim()]',
    )
  })

  it('takes what it needs under other names where they are taken', () => {
    const text = withOptions('cacheExpiry: 0').replace(
      'context.a.trim()',
      () => '{ const json = context.a.b, sdk = 1; return [json, sdk] }',
    )
    const { text: after } = migrated(text)
    expect(after).toContain("import { json as jsonOf, parametersCache } from '@secrets-cache/middy'")
    expect(after).toContain("import { sdk as sdkOf } from '@secrets-cache/sdk'")
    expect(after).toContain("source: sdkOf(), parameters: { a: jsonOf('/a') }")
  })

  it.each([
    ["const { a } = await getInternal(['a'], request)", 'const { a } = request.context.parameters'],
    [
      "const { b } = await getInternal({ b: 'a.c' }, request)",
      'const { b } = { b: request.context.parameters.a?.c }',
    ],
    ["use(await getInternal('a', request))", 'use({ a: request.context.parameters.a })'],
    ['use(await getInternal(true, request))', 'use({ a: request.context.parameters.a })'],
  ])('%s', (read, expected) => {
    const text = `${imports}import { getInternal } from '@middy/util'
export const handler = middy(main).use(ssm({ fetchData: { a: '/a' }, cacheExpiry: 0 })).before(async (request) => { ${read} })
`
    const { text: after } = migrated(text)
    expect(after).toContain(`.before(async (request) => { ${expected} })`)
    expect(after).not.toContain('@middy/util')
  })

  it.each(['request.context.secrets = await getInternal(true, request)', 'use(getInternal(names, request))'])(
    'keeps the values in the internal store for %s',
    (read) => {
      const text = `${imports}import { getInternal } from '@middy/util'
export const handler = middy(main).use(ssm({ fetchData: { a: '/a' }, cacheExpiry: 0 })).before(async (request) => { ${read} })
`
      expect(migrated(text).text).toContain('Object.assign(internal, { a: context.parameters.a })')
      expect(migrated(text).text).toContain(read)
      expect(left(text)).toHaveLength(1)
    },
  )
})
