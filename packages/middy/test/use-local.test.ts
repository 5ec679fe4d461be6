import { describe, expect, it } from '@jest/globals'
import middy from '@middy/core'
import { type LambdaContext, useLocal } from '@secrets-cache/local/jest'
import { json, secretsCache } from '@secrets-cache/middy'
import type { Context, Handler } from 'aws-lambda'
import { expectTypeOf } from 'expect-type'

const aws = useLocal({ secrets: { 'prod/db': { user: 'app', password: 'one' } } })

const handler = middy<{ id: number }>()
  .use(secretsCache({ secrets: { db: json<{ password: string }>('prod/db') } }))
  .handler(async ({ id }, { secrets }) => `${id} ${secrets.db.password}`)

describe('useLocal with a Middy handler', () => {
  it('serves it, and counts what it asks', async () => {
    expect(await aws.invoke(handler, { id: 1 })).toBe('1 one')
    expect(await aws.invoke(handler, { id: 2 })).toBe('2 one')
    expect(aws.calls).toMatchObject({ upstream: 1, layer: { secretsmanager: 1 } })
  })

  it('starts each test with nothing cached', async () => {
    aws.rotate('prod/db', { password: 'two' })
    expect(await aws.invoke(handler, { id: 1 })).toBe('1 two')
  })

  it('shows a rotation to a warm handler once its times have run out', async () => {
    await aws.invoke(handler, { id: 1 })
    aws.rotate('prod/db', { password: 'two' })
    expect(await aws.invoke(handler, { id: 1 })).toBe('1 one')
    aws.forget()
    expect(await aws.invoke(handler, { id: 1 })).toBe('1 two')
  })

  it('plays faults', async () => {
    aws.faults.deny('prod/db')
    await expect(aws.invoke(handler, { id: 1 })).rejects.toMatchObject({ code: 'REFUSED', key: 'secrets.db' })
  })

  it('bounds a wait by the time that is left', async () => {
    aws.faults.hang()
    const late = aws.invoke(handler, { id: 1 }, { timeoutMilliseconds: 300 })
    await expect(late).rejects.toMatchObject({ code: 'TIMEOUT' })
  })

  it('types the event and the answer', () => {
    const plain = async (event: { id: number }, _context: Context) => ({ id: event.id })
    const maybe = async (): Promise<string | undefined> => undefined
    const nothing = async () => {}
    const typed = null as unknown as Handler<{ id: number }, string>
    const types = () => {
      // @ts-expect-error an id is a number
      aws.invoke(handler, { id: '1' })
      // @ts-expect-error there is no such option
      aws.invoke(plain, { id: 1 }, { timeout: 3 })
      expectTypeOf(aws.invoke(plain, { id: 1 })).toEqualTypeOf<Promise<{ id: number }>>()
      expectTypeOf(aws.invoke(typed, { id: 1 })).toEqualTypeOf<Promise<string>>()
      expectTypeOf(aws.invoke(maybe, undefined)).toEqualTypeOf<Promise<string | undefined>>()
      expectTypeOf(aws.invoke(nothing, undefined)).toEqualTypeOf<Promise<void>>()
    }
    expectTypeOf<LambdaContext>().toExtend<Context>()
    expect(types).toBeInstanceOf(Function)
  })
})
