import type { Kind, Written } from '../account/account.ts'
import type { ParameterInput } from '../account/values.ts'
import type { Outcome } from '../control/commands.ts'
import { LocalError } from '../local-error.ts'
import { generateLike } from './generate.ts'
import type { PageParts } from './parts.ts'
import { playFault } from './play-fault.ts'
import { shownValue } from './shown-value.ts'

type Given = Readonly<Record<string, unknown>>

export type PageCommand = (given: Given) => Outcome | Promise<Outcome>

/** What the page can do. Only `value` and `generate` return a value, to the person who asked for it. */
export const createPageCommands = (parts: PageParts): Readonly<Record<string, PageCommand>> => {
  const { account, events, faults, forget, plan, reset } = parts

  const put = (given: Given): Written => {
    const name = text(given, 'name')
    if (kindOf(given) === 'parameter') return account.putParameter(name, parameterInput(given))
    return account.putSecret(name, secretInput(given))
  }

  const exists = (given: Given): boolean =>
    (kindOf(given) === 'secret' ? account.secrets : account.parameters).find(text(given, 'name')) !==
    undefined

  const mustExist = (given: Given): void => {
    if (!exists(given))
      throw new LocalError('UNKNOWN_ID', `There is no ${kindOf(given)} "${text(given, 'name')}" any more.`)
  }

  return {
    value: (given) => ({
      result: shownValue(account, kindOf(given), text(given, 'name'), text(given, 'version')),
    }),
    generate: (given) => {
      const old = shownValue(account, kindOf(given), text(given, 'name'), text(given, 'version'))
      if (old.text === undefined)
        throw new LocalError('INVALID_VALUE', 'Bytes have no shape to follow: give a value.')
      return { result: { text: generateLike(old.text) } }
    },
    add: (given) => {
      if (exists(given))
        throw new LocalError('INVALID_VALUE', `There is a ${kindOf(given)} "${text(given, 'name')}" already.`)
      return { result: put(given) }
    },
    rotate: (given) => {
      mustExist(given)
      return { result: put(given) }
    },
    delete: (given) => {
      mustExist(given)
      return { result: account.delete(text(given, 'name'), { kind: kindOf(given) }) }
    },
    label: (given) => ({
      result: account.label(text(given, 'name'), Number(text(given, 'version')), text(given, 'label')),
    }),
    stage: (given) => ({
      result: account.stage(text(given, 'name'), text(given, 'label'), text(given, 'version')),
    }),
    fault: (given) => playFault(faults, given),
    endFault: ({ id }) => ({ result: plan.removeOne(Number(id)) }),
    endFaults: async () => ({ result: await faults.clear() }),
    forget: () => ({ result: forget() }),
    reset: async () => ({ result: await reset() }),
    /** The events of a function, posted by the process that runs it. */
    heard: ({ events: given }) => ({ result: events.add(given) }),
  }
}

const kindOf = ({ kind }: Given): Kind => {
  if (kind === 'secret' || kind === 'parameter') return kind
  throw new LocalError('CONTROL', 'kind is "secret" or "parameter".')
}

const text = (given: Given, member: string): string => {
  const value = given[member]
  if (typeof value === 'string' && value !== '') return value
  throw new LocalError('CONTROL', `${member} must be text that is not empty.`)
}

const secretInput = ({ text: value, base64 }: Given): string | Uint8Array => {
  if (typeof base64 === 'string') return Uint8Array.from(Buffer.from(base64, 'base64'))
  if (typeof value === 'string') return value
  throw new LocalError('CONTROL', 'Give the value as text, or as base64.')
}

const parameterInput = ({ text: value, type }: Given): ParameterInput => {
  if (typeof value !== 'string') throw new LocalError('CONTROL', 'Give the value as text.')
  // The account checks the type.
  return type === undefined ? value : ({ type, value } as ParameterInput)
}
