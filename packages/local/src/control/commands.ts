import type { Account, Kind } from '../account/account.ts'
import type { ParameterInput, SecretInput } from '../account/values.ts'
import { FAULT_NAMES, type FaultName, type Faults } from '../faults/faults.ts'
import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'
import { decodeBytes } from './bytes.ts'

export interface Outcome {
  readonly result?: unknown
  /** For commands that close their own connection. */
  readonly afterwards?: () => void
}

export type Command = (given: readonly unknown[]) => Outcome | Promise<Outcome>

export interface Controlled {
  readonly account: Account
  readonly faults: Faults
  readonly environment: () => object
  readonly calls: () => object
  readonly rotateToken: (token: string) => void
  readonly forget: () => void
  readonly reset: () => Promise<void>
  readonly close: () => Promise<void>
}

/** The commands of a parent process. They take values and return none. */
export const createCommands = (local: Controlled): Readonly<Record<string, Command>> => {
  const { account, faults } = local
  return {
    rotate: ([id, value, choice]) => {
      const result = account.rotate(
        idOf(id),
        decodeBytes(value) as SecretInput,
        (choice ?? {}) as { kind?: Kind },
      )
      return { result }
    },
    putSecret: ([id, value]) => ({ result: account.putSecret(idOf(id), decodeBytes(value) as SecretInput) }),
    putParameter: ([id, value]) => ({ result: account.putParameter(idOf(id), value as ParameterInput) }),
    delete: ([id, choice]) => ({ result: account.delete(idOf(id), (choice ?? {}) as { kind?: Kind }) }),
    label: ([id, version, ...labels]) => ({
      result: account.label(idOf(id), Number(version), ...labels.map(idOf)),
    }),
    stage: ([id, stage, versionId]) => ({ result: account.stage(idOf(id), idOf(stage), idOf(versionId)) }),
    rotateToken: ([token]) => ({ result: local.rotateToken(idOf(token)) }),
    environment: () => ({ result: local.environment() }),
    calls: () => ({ result: local.calls() }),
    forget: () => ({ result: local.forget() }),
    reset: async () => ({ result: await local.reset() }),
    close: () => ({ afterwards: () => void local.close() }),
    faults: async ([name, ...given]) => {
      const fault = faultNamed(name)
      if (fault === 'refuse')
        return { afterwards: () => void faults.refuse(given[0] as { milliseconds: number }) }
      const play = faults[fault] as (...given: readonly unknown[]) => unknown
      await play(...given)
      return {}
    },
  }
}

const faultNamed = (name: unknown): FaultName => {
  const found = FAULT_NAMES.find((known) => known === name)
  if (found) return found
  throw new LocalError('CONTROL', `There is no fault "${name}".${didYouMean(String(name), FAULT_NAMES)}`)
}

const idOf = (given: unknown): string => {
  if (typeof given === 'string' && given !== '') return given
  throw new LocalError('CONTROL', 'A name, label or token must be text that is not empty.')
}
