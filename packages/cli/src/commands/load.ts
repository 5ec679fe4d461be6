import { checkImport } from '../check/check-import.ts'
import { type Finding, findingsFor } from '../check/finding.ts'
import { givenEnvironment } from '../functions/environment.ts'
import { findFunctions } from '../functions/find-functions.ts'
import type { ReadOptions } from '../import/read-function.ts'
import { type FunctionRead, readFunctions } from '../import/read-functions.ts'
import { functionsIn } from '../template/functions-in.ts'
import { UsageError } from '../usage-error.ts'
import type { FunctionOptions } from './function-options.ts'

/** The functions of a command line, read, and what there is to say of how that went. */
export interface Loaded {
  readonly reads: readonly FunctionRead[]
  readonly findings: readonly Finding[]
}

export async function load(
  places: readonly string[],
  options: FunctionOptions,
  how: Pick<ReadOptions, 'tellsShared'> = {},
): Promise<Loaded> {
  const { found, absent } = find(places, options)
  const reads = await readFunctions(found, () => ({ timeoutMilliseconds: options.timeout, ...how }))
  return { reads, findings: [...absent, ...reads.flatMap(checkImport)] }
}

function find(places: readonly string[], options: FunctionOptions) {
  const environment = givenEnvironment(options.envFile, options.env)
  if (options.template === undefined) return { found: findFunctions(places, environment), absent: [] }
  if (places.length > 0) {
    throw new UsageError(
      '--template names the functions itself. Say with --code LogicalId=folder where the code of one is.',
    )
  }
  const { region, account, partition = partitionOf(region) } = options
  const { places: found, absent } = functionsIn(options.template, {
    ...{ region, account, partition, environment },
    code: pairs('--code', options.code),
    parameters: pairs('--parameter', options.parameter),
  })
  if (found.length + absent.length === 0)
    throw new UsageError(`--template ${options.template}: it has no Node.js function.`)
  return {
    found,
    absent: absent.map(({ name, reason }) =>
      findingsFor(name, 'import')('unknown', `cannot tell what it declares: ${reason}.`),
    ),
  }
}

/** A Region is in one partition. */
export function partitionOf(region: string | undefined): string | undefined {
  if (region === undefined) return undefined
  const [, isolated] = /^(cn|us-gov|us-isob?|eu-isoe|us-isof|eusc)-/.exec(region) ?? []
  const names: Readonly<Record<string, string>> = {
    'us-iso': 'aws-iso',
    'us-isob': 'aws-iso-b',
    'eu-isoe': 'aws-iso-e',
    'us-isof': 'aws-iso-f',
  }
  return isolated === undefined ? 'aws' : (names[isolated] ?? `aws-${isolated}`)
}

function pairs(flag: string, given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((pair) => {
      const [, name, value] = /^(\w+)=(.+)$/s.exec(pair) ?? []
      if (name === undefined || value === undefined)
        throw new UsageError(`${flag} takes Name=value, and was given "${pair}".`)
      return [name, value]
    }),
  )
}
