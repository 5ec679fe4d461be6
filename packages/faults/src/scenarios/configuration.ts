import { mustAsk, mustFail } from '../must.ts'
import type { Scenario } from '../scenario.ts'

/** What can never work is refused when the middleware is made, before any request. */
function refusedWhenMade(name: string, scenario: Partial<Scenario>): Scenario {
  return {
    name,
    ...scenario,
    act: async (lambda) => lambda.refusal ?? { values: { db: 'it was made' }, isHung: false },
    expect: (outcome, backend) => {
      mustFail(outcome, 'CONFIGURATION')
      mustAsk(backend, 0)
    },
  }
}

const ports = ['0', '70000', 'abc', '2773/@evil', '2773\r\nX: 1', '-1', ' ']
const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'then', 'toJSON']
const controls = { CR: '\r', LF: '\n', NUL: '\0', DEL: '\x7f', 'half a surrogate pair': '\ud800' }

const neverFound = {
  'a placeholder of CloudFormation': '{{resolve:secretsmanager:prod/db:SecretString:password}}',
  'a part that is undefined': 'undefined/db',
  'a space at its end': 'prod/db ',
}

export const configuration: readonly Scenario[] = [
  ...ports.map((port) =>
    refusedWhenMade(`port: ${JSON.stringify(port)}`, {
      on: 'layer',
      setUp: () => {
        process.env['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] = port
      },
    }),
  ),
  ...keys.map((key) =>
    refusedWhenMade(`key: ${key}`, { about: 'keys', declares: Object.fromEntries([[key, 'db']]) }),
  ),
  ...Object.entries(controls).map(([name, character]) =>
    refusedWhenMade(`name: ${name}`, { declares: { db: `a${character}b` } }),
  ),
  ...Object.entries(neverFound).map(([name, id]) =>
    refusedWhenMade(`name: ${name}`, { declares: { db: id } }),
  ),
  refusedWhenMade('maxAge: milliseconds', { times: { maxAge: 300_000 } }),
  refusedWhenMade('name: longer than any', { declares: { db: 'x'.repeat(3_000) } }),
  refusedWhenMade('maxAge: -1', { times: { maxAge: -1 } }),
  refusedWhenMade('maxAge: NaN', { times: { maxAge: Number.NaN } }),
  refusedWhenMade('staleIfError: a text', { about: 'staleIfError', times: { staleIfError: '600' as never } }),
]
