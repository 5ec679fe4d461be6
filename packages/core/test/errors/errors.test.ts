import { readFile } from 'node:fs/promises'
import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import * as core from '@secrets-cache/core'
import {
  AccessDeniedError,
  ConfigurationError,
  isSecretsCacheError,
  NotFoundError,
  SecretsCacheError,
  SeveralError,
  TimeoutError,
} from '@secrets-cache/core'

type ErrorClass = new (details?: core.ErrorDetails) => SecretsCacheError

const classes = Object.entries(core).flatMap(([name, exported]) =>
  name.endsWith('Error') && name !== 'SecretsCacheError' && name !== 'SeveralError' && !name.startsWith('is')
    ? [[name, exported as unknown as ErrorClass] as const]
    : [],
)

describe('every error', () => {
  it.each(classes)('%s has its name, a code of its own, and says what to do', (name, Cause) => {
    const error = new Cause({ key: 'secrets.db', id: 'prod/db', source: 'sdk' })

    expect(error).toBeInstanceOf(SecretsCacheError)
    expect(error).toMatchObject({ name, key: 'secrets.db', id: 'prod/db', source: 'sdk' })
    expect(typeof error.transient).toBe('boolean')
    expect(error.message).toMatch(/^secrets\.db \("prod\/db"\): .+, from sdk\. .+\.$/)
    expect(isSecretsCacheError(error)).toBe(true)
  })

  it.each(classes)('%s stands in docs/errors.md with its code', async (name, Cause) => {
    const page = await readFile(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')
    const { code, transient } = new Cause()
    expect(page.replaceAll(/ +/g, ' ')).toContain(
      `| \`${code}\` | \`${name}\` | ${transient ? 'yes' : 'no'} | `,
    )
  })

  it('has a code that no other has', () => {
    const codes = classes.map(([, Cause]) => new Cause().code)
    expect(new Set(codes).size).toBe(codes.length)
  })

  it.each([
    [{}, 'not found. Create it, check its name, version and Region, or declare a fallback.'],
    [{ id: 'a' }, '"a": not found. Create it'],
    [{ key: 'secrets.a' }, 'secrets.a: not found. Create it'],
    [{ reason: 'no such stage' }, 'not found: no such stage. Create it'],
    [{ remedy: 'Ask.' }, 'not found. Ask.'],
    [{ id: 'a\nERROR forged' }, '"a\\nERROR forged": not found.'],
  ])('says of %j what is known', (details, message) => {
    expect(new NotFoundError(details).message).toContain(message)
  })

  it('is told to each reader with its key, and keeps what it already knows', () => {
    const error = new AccessDeniedError({ source: 'sdk', reason: 'ssm:GetParameter', remedy: 'Allow it.' })
    const told = error.about({ key: 'parameters.a', id: '/a', source: 'firstOf(extension, sdk)' })

    expect(told).toBeInstanceOf(AccessDeniedError)
    expect(told.message).toBe('parameters.a ("/a"): access denied: ssm:GetParameter, from sdk. Allow it.')
    expect(told).not.toBe(error)
  })

  it('is recognised when it comes from another copy of the package', () => {
    const foreign = Object.defineProperty(new Error('x'), Symbol.for('@secrets-cache/core/error'), {
      value: true,
    })
    expect([foreign, new Error('x'), null, 'x'].map(isSecretsCacheError)).toEqual([true, false, false, false])
  })

  it('shows no marker when it is printed', () => {
    expect(inspect(new NotFoundError())).not.toContain('Symbol')
  })
})

describe('SeveralError', () => {
  it('names all that failed, and is transient only if all are', () => {
    const one = new NotFoundError({ key: 'secrets.a', id: 'a' })
    const other = new TimeoutError({ key: 'secrets.b', id: 'b' })
    const error = new SeveralError([one, other])

    expect(error.message).toBe(`2 failed. ${one.message} | ${other.message}`)
    expect(error.errors).toEqual([one, other])
    expect([error.transient, new SeveralError([other]).transient]).toEqual([false, true])
  })
})

describe('ConfigurationError', () => {
  it('may have no more to say than that', () => {
    expect(new ConfigurationError().message).toBe('configuration. Correct the options.')
  })
})
