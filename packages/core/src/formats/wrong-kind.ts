import { WrongKindError } from '../errors/index.ts'
import type { RawValue } from '../shared/raw-value.ts'
import type { Result } from '../shared/result.ts'

/** The refusal of a raw value of another kind than its format reads. */
export function wrongKind(raw: RawValue): Result<unknown> {
  const [kind, format] =
    typeof raw === 'string'
      ? ['a text', 'text']
      : raw instanceof Uint8Array
        ? ['binary', 'binary']
        : Array.isArray(raw)
          ? ['a StringList', 'list']
          : ['a tree', 'tree']
  const error = new WrongKindError({ reason: `it is ${kind}`, remedy: `Declare it with ${format}().` })
  return { ok: false, error }
}
