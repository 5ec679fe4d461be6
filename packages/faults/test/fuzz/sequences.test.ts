import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Source } from '@secrets-cache/core'
import { direct } from '@secrets-cache/direct'
import { type Local, startLocal } from '@secrets-cache/local'
import { extension, firstOf } from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'
import fc from 'fast-check'
import { canaryToken, storedValue } from '../../src/canary.ts'
import { anySteps } from './any-steps.ts'
import { roles, startEnvironment } from './environment.ts'
import { numRuns, timeout } from './settle.ts'

jest.setTimeout(timeout)

describe('any sequence of invocations, rotations and faults', () => {
  const variables = { ...process.env }
  const unheard: unknown[] = []
  const onUnheard = (reason: unknown) => void unheard.push(reason)
  let local: Local
  beforeAll(async () => {
    local = await startLocal({
      secrets: Object.fromEntries(roles.map((role) => [role, storedValue(role)])),
      token: canaryToken,
      environment: { PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED: 'false' },
    })
    Object.assign(process.env, local.environment)
    process.on('unhandledRejection', onUnheard)
  })
  afterAll(async () => {
    process.off('unhandledRejection', onUnheard)
    process.env = variables
    await local.close()
  })

  it('gives right values or typed errors, and ends well when all is well again', async () => {
    const sources: readonly Source[] = [extension(), sdk(), firstOf(extension(), sdk()), direct()]
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: sources.length - 1 }), anySteps, async (source, steps) => {
        await local.reset()
        local.rotateToken(canaryToken)
        const environment = startEnvironment(local, sources[source] as Source)
        try {
          for (const step of steps) await environment.take(step)
          await environment.mustRecover()
        } finally {
          environment.end()
        }
      }),
      { numRuns },
    )
    expect(unheard).toEqual([])
  })
})
