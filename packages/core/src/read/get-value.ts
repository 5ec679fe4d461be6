import type { Declared } from '../declare/declared.ts'
import { ConfigurationError } from '../errors/index.ts'
import { type Declaring, declaredKey } from '../keys/declared-key.ts'
import type { ReaderContext } from '../keys/key-handle.ts'
import { waitTime } from '../keys/wait-time.ts'
import { checkOptions, nameOf } from '../shared/check.ts'
import { copyOfBytes } from '../view/view.ts'
import { collect } from './collect.ts'
import type { GetOptions } from './secrets-reader.ts'

/** A value whose name is known only at run time. */
export async function getValue(
  reference: string | Declared<unknown>,
  options: GetOptions = {},
  declaring: Declaring,
  { cache, emit, timeoutMilliseconds }: ReaderContext,
): Promise<unknown> {
  checkGetOptions(options)
  const { format } = Object(reference) as Partial<Declared<unknown>>
  const view = options.from ?? (format === 'list' || format === 'tree' ? 'parameters' : 'secrets')
  const key = declaredKey(view, 'get()', reference, declaring, true)
  const time = waitTime(timeoutMilliseconds, options.remainingMilliseconds, cache.limits)
  const [served] = await collect([key], cache, emit, time)
  return format === 'binary' ? copyOfBytes(served?.value) : served?.value
}

function checkGetOptions(options: GetOptions): void {
  checkOptions('get', options, ['from', 'remainingMilliseconds'])
  const { from } = options
  if (from === undefined || from === 'secrets' || from === 'parameters') return
  throw new ConfigurationError({
    reason: `get: from is ${nameOf(from)}`,
    remedy: "Give 'secrets' or 'parameters'.",
  })
}
