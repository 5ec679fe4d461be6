import { describe, expect, it } from '@jest/globals'
import { missingClient } from '../src/clients/missing-client.ts'

describe('missingClient', () => {
  it.each(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])('says what to install: %s', (code) => {
    expect(missingClient('@aws-sdk/client-ssm', { code })).toMatchObject({
      code: 'MISSING_CLIENT',
      reason: '@aws-sdk/client-ssm',
      remedy: 'npm install @aws-sdk/client-ssm',
    })
  })

  it.each([undefined, null, 'CANARY', { code: 7 }, { code: 'MODULE_NOT_FOUND_CANARY' }, new Error('CANARY')])(
    'says how to bundle what is there and cannot be loaded: %#',
    (thrown) => {
      const error = missingClient('@aws-sdk/client-ssm', thrown)
      expect(error).toMatchObject({
        code: 'MISSING_CLIENT',
        reason: '@aws-sdk/client-ssm cannot be loaded',
        remedy: expect.stringContaining('mainFields'),
      })
      expect(String(error)).not.toContain('CANARY')
    },
  )
})
