import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Backend } from '../backend.ts'
import { canary } from '../canary.ts'
import { mustAsk, mustAskAtMost, mustFail, mustServe } from '../must.ts'
import type { Outcome, Scenario } from '../scenario.ts'
import { answerWith } from './answer-with.ts'

/** A cold environment gets a wrong answer: it fails with an error that shows nothing of the body, never `undefined`. */
export const answers: readonly Scenario[] = [
  {
    name: 'cold: hangs',
    patience: 300,
    setUp: ({ faults }) => faults.hang(),
    expect: (outcome) => mustFail(outcome, 'TIMEOUT'),
  },
  {
    name: 'cold: drips, byte by byte',
    patience: 300,
    setUp: ({ faults }) => faults.drip({ intervalMilliseconds: 50 }),
    expect: (outcome) => mustFail(outcome, 'TIMEOUT'),
  },
  {
    name: 'cold: hangs, 250 ms of the invocation left',
    patience: 1_000,
    setUp: ({ faults }) => faults.hang(),
    act: (lambda) => lambda.invoke(250),
    expect: (outcome) => mustFail(outcome, 'TIMEOUT'),
  },
  {
    name: 'cold: cut off once',
    setUp: ({ faults }) => faults.truncate({ times: 1 }),
    expect: (outcome, backend) => {
      mustServe(outcome)
      mustAsk(backend, 2)
    },
  },
  {
    name: 'cold: reset once',
    setUp: ({ faults }) => faults.reset({ times: 1 }),
    expect: (outcome, backend) => {
      mustServe(outcome)
      mustAsk(backend, 2)
    },
  },
  {
    name: 'cold: cut off always',
    setUp: ({ faults }) => faults.truncate(),
    expect: (outcome, backend) => isBroken(outcome, backend, ['BAD_RESPONSE', 'UNREACHABLE']),
  },
  {
    name: 'cold: reset always',
    setUp: ({ faults }) => faults.reset(),
    expect: (outcome, backend) => isBroken(outcome, backend, 'UNREACHABLE'),
  },
  {
    name: 'cold: another program on the port',
    setUp: ({ faults }) => faults.garbage(),
    expect: (outcome, backend) => isBroken(outcome, backend),
  },
  {
    name: 'cold: a redirect is not followed',
    act: async (lambda, { faults }) => {
      const other = await startOther()
      try {
        faults.redirect(`http://127.0.0.1:${other.port}/steal`)
        const outcome = await lambda.invoke()
        return other.requests() > 0
          ? { values: { db: 'the other origin was asked' }, isHung: false }
          : outcome
      } finally {
        await other.close()
      }
    },
    expect: (outcome, backend) => isBroken(outcome, backend),
  },
  {
    name: 'cold: a body over every limit',
    setUp: ({ faults }) => faults.respond(answerWith(canary.repeat(400_000))),
    expect: (outcome, backend) => isBroken(outcome, backend, ['TOO_LARGE']),
  },
  ...bodies({
    'is empty': '',
    'is no JSON': `<html>${canary}</html>`,
    'is JSON cut short': `{"SecretString":"${canary}`,
    'is {}': '{}',
    'is null': 'null',
    'is []': '[]',
    'is a number': '7',
    'is a text': `"${canary}"`,
  }),
  ...values({
    missing: undefined,
    null: null,
    'a number': 7,
    'an object': { [canary]: 1 },
    'a list': [canary],
  }),
  ...([204, 403, 404, 418, 502] as const).map(
    (status): Scenario => ({
      name: `cold: status ${status}`,
      setUp: ({ faults }) => faults.status(status, status === 204 ? '' : `no ${canary} here`),
      expect: (outcome, { id }) =>
        mustFail(outcome, ['BAD_RESPONSE', 'SERVICE_FAILED', 'TOKEN', 'REFUSED'], id('db')),
    }),
  ),
  {
    name: 'cold: the service fails once',
    on: 'aws',
    setUp: ({ faults }) => faults.fail('InternalServiceError', { at: 'aws', times: 1 }),
    expect: (outcome) => mustServe(outcome),
  },
  {
    name: 'cold: throttled once',
    on: 'aws',
    setUp: ({ faults }) => faults.fail('ThrottlingException', { at: 'aws', times: 1 }),
    expect: (outcome) => mustServe(outcome),
  },
]

/** A 200 whose body is this. */
function bodies(wrong: Readonly<Record<string, string>>): Scenario[] {
  return Object.entries(wrong).map(([name, body]) => ({
    name: `cold: the body ${name}`,
    setUp: ({ faults }) => faults.respond({ status: 200, body }),
    expect: (outcome, backend) => isBroken(outcome, backend),
  }))
}

/** A 200 of the right shape with this for a value. */
function values(wrong: Readonly<Record<string, unknown>>): Scenario[] {
  return Object.entries(wrong).map(([name, value]) => ({
    name: `cold: the value is ${name}`,
    setUp: ({ faults }) => faults.respond(answerWith(value)),
    expect: (outcome, backend) => isBroken(outcome, backend),
  }))
}

function isBroken(outcome: Outcome, backend: Backend, codes: string | readonly string[] = []): void {
  const usual = ['BAD_RESPONSE', 'UNREACHABLE', 'NOT_FOUND', 'TOO_LARGE', 'REFUSED', 'SOURCE_FAILED']
  mustFail(outcome, codes.length > 0 ? codes : usual, backend.id('db'))
  mustAskAtMost(backend, 6)
}

/** A server of another origin: a client that follows the redirect sends it the token. */
async function startOther() {
  let requests = 0
  const server = createServer((_request, response) => {
    requests++
    response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    requests: () => requests,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
