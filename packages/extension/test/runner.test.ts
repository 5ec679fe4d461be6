import { describe, expect, it } from '@jest/globals'
import { failureOfThrow } from '../src/failure.ts'

describe('a runner that cannot import', () => {
  it.each(['ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING', 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG'])(
    'is told what it needs: %s',
    (code) => {
      expect(failureOfThrow(code, { source: 'extension', id: 'a' })).toMatchObject({
        code: 'SOURCE_FAILED',
        reason: code,
        remedy: 'Start Jest with NODE_OPTIONS=--experimental-vm-modules.',
      })
    },
  )

  it('is not assumed for anything else that throws', () => {
    const error = failureOfThrow('E_OTHER', { source: 'extension', id: 'a' })
    expect(error.remedy).not.toContain('Jest')
  })
})
