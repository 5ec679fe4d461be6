import type { Command } from 'commander'
import { assumeRole } from '../account/assume-role.ts'
import { checkValues, type KeyCheck } from '../account/check-values.ts'
import { checkTemplate } from '../check/check-template.ts'
import type { Finding } from '../check/finding.ts'
import { keysOf } from '../import/read-functions.ts'
import { otherSources } from '../policy/policies.ts'
import { findingLine, isBad, sorted } from '../print/findings.ts'
import { coloured, type Output, wrapped } from '../print/output.ts'
import { UsageError } from '../usage-error.ts'
import { type FunctionOptions, withFunctionOptions, withRepeated } from './function-options.ts'
import { type Loaded, load } from './load.ts'

interface CheckOptions extends FunctionOptions {
  readonly role: string | undefined
  readonly kmsKey: readonly string[]
}

export function addCheck(program: Command, output: Output): void {
  const command = withFunctionOptions(program.command('check [functions...]'))
    .summary('whether an account, or a template, has what is declared')
    .description(
      'Without --template: whether each declared value exists in the account, can be read, parses and passes its schema. No value is printed. Needs the AWS SDK clients; the account, the Region and the endpoints are those that the SDK finds.\n\nWith --template, and no account: whether the role allows what is declared and no more, the layer is attached, and variables, time-out and memory fit the code.\n\n--json prints { values: KeyCheck[], findings: Finding[] }.',
    )
    .option('--role <arn>', 'assume this role first')
  withRepeated(command, '--kms-key <key>', 'a key of your own that encrypts them, for --template')
  command.action(async (functions: string[], options: CheckOptions) => {
    const loaded = await load(functions, options)
    const { values, findings } =
      options.template === undefined ? await inAccount(loaded, options) : inTemplate(loaded, options)
    const told = sorted([...loaded.findings, ...findings])
    if (options.json) output.line(JSON.stringify({ values, findings: told }, undefined, 2))
    else {
      for (const value of values) output.line(valueLine(value, output.width))
      for (const finding of told) output.line(findingLine(finding, output.width))
      const wrong =
        values.filter(({ ok }) => !ok).length + told.filter(({ severity }) => severity === 'finding').length
      output.line(summary(loaded, values, wrong))
    }
    if (isBad(told) || values.some(({ ok }) => !ok)) process.exitCode = 1
  })
}

interface Checked {
  readonly values: readonly KeyCheck[]
  readonly findings: readonly Finding[]
}

async function inAccount({ reads }: Loaded, { role, region, timeout }: CheckOptions): Promise<Checked> {
  const credentials = role === undefined ? undefined : await assumeRole(role, region)
  const values = await checkValues(reads, { region, credentials, timeoutMilliseconds: timeout })
  return { values, findings: otherSources(reads) }
}

function inTemplate({ reads }: Loaded, { role, kmsKey }: CheckOptions): Checked {
  if (role !== undefined)
    throw new UsageError('--role is for a check of an account; with --template none is asked.')
  return {
    values: [],
    findings: [...reads.flatMap((read) => checkTemplate(read, kmsKey)), ...otherSources(reads)],
  }
}

/** `✓ api secrets.orders`, or the code with what to do. */
function valueLine(
  { function: name, view, key, id, ok, fallback, code, reason, remedy }: KeyCheck,
  width: number,
): string {
  if (ok)
    return `${coloured('green', '✓')} ${name} ${view}.${key}${fallback ? ' (not there: its fallback is taken)' : ''}`
  const why = [reason && `${reason}.`, remedy].filter((text) => text !== undefined).join(' ')
  const rest = why === '' ? '' : `\n  ${wrapped(why, width, '  ')}`
  return `${coloured('red', '✗')} ${name} ${view}.${key} ${code} ${JSON.stringify(id)}${rest}`
}

function summary({ reads }: Loaded, values: readonly KeyCheck[], wrong: number): string {
  const keys = values.length > 0 ? values.length : reads.flatMap(keysOf).length
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`
  return `${count(reads.length, 'function')}, ${count(keys, 'key')}: ${wrong === 0 ? 'nothing to mend' : `${wrong} to mend`}`
}
