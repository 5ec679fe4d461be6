import type { Local } from '@secrets-cache/local'
import { canary } from '../../src/canary.ts'
import { answerWith } from '../../src/scenarios/answer-with.ts'
import type { FaultName } from './any-steps.ts'

/** Brings a fault about. */
export const faults: Readonly<Record<FaultName, (local: Local) => unknown>> = {
  refuse: ({ faults }) => faults.refuse(),
  notReady: ({ faults }) => faults.notReady(),
  opaque: ({ faults }) => faults.opaque(),
  deny: ({ faults }) => faults.deny('db', { times: 2 }),
  throttle: ({ faults }) => faults.fail('ThrottlingException', { at: 'aws' }),
  internal: ({ faults }) => faults.fail('InternalServiceError', { at: 'aws' }),
  hang: ({ faults }) => faults.hang({ times: 2 }),
  slow: ({ faults }) => faults.slow(30),
  drip: ({ faults }) => faults.drip({ intervalMilliseconds: 1 }),
  truncate: ({ faults }) => faults.truncate({ times: 3 }),
  reset: ({ faults }) => faults.reset({ times: 3 }),
  garbage: ({ faults }) => faults.garbage(),
  status: ({ faults }) => faults.status(500, canary),
  empty: ({ faults }) => faults.respond({ status: 200, body: '{}' }),
  odd: ({ faults }) => faults.respond(answerWith({ [canary]: 1 })),
  redirect: ({ faults }) => faults.redirect('http://127.0.0.1:1/'),
  token: ({ rotateToken }) => rotateToken(`${canary}-other-token`),
}
