import { type DeclaredKey, describeDeclaredKey, type RegisteredReader } from '@secrets-cache/core/internal'
import type { DeclaredKeyReport, DeclaredReader } from '../report.ts'

/** What the readers of this process declare. */
export function collectReaders(registry: readonly RegisteredReader[]): readonly DeclaredReader[] {
  return registry.map(({ maker, keys, context }) => ({
    maker,
    timeoutMilliseconds: context.timeoutMilliseconds,
    keys: keys.map(describeKey),
  }))
}

function describeKey(key: DeclaredKey): DeclaredKeyReport {
  const { source, reference } = key
  return {
    ...describeDeclaredKey(key),
    cachedFor: attempt(() => source.cachedFor?.(reference)) ?? 0,
    port: portIn(attempt(() => source.identity)),
  }
}

/** The identity of `extension()` holds the port that it will use. */
function portIn(identity: string | undefined): number | undefined {
  const [, port] = /\bextension:(\d+)/.exec(identity ?? '') ?? []
  return port === undefined ? undefined : Number(port)
}

/** A source of somebody else may fail outside Lambda. */
function attempt<Value>(give: () => Value): Value | undefined {
  try {
    return give()
  } catch {
    return undefined
  }
}
