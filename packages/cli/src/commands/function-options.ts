import { type Command, InvalidArgumentError, Option } from 'commander'

/** The options that every command has: which functions, and with which variables they are imported. */
export interface FunctionOptions {
  readonly template: string | undefined
  readonly code: readonly string[]
  readonly parameter: readonly string[]
  readonly envFile: readonly string[]
  readonly env: readonly string[]
  readonly region: string | undefined
  readonly account: string | undefined
  readonly partition: string | undefined
  /** Milliseconds. */
  readonly timeout: number
  readonly json: boolean | undefined
}

/** An option that may be given several times. Its default, no value, is not worth a word in the help. */
export function withRepeated(command: Command, flags: string, description: string): Command {
  const option = new Option(flags, `${description}; may be repeated`).argParser(
    (value: string, before: readonly string[]) => [...before, value],
  )
  command.addOption(option)
  return command.setOptionValueWithSource(option.attributeName(), [], 'default')
}

export function withFunctionOptions(command: Command): Command {
  command.option('--template <file>', 'take the functions of a CloudFormation or SAM template')
  withRepeated(command, '--code <Id=folder>', "where the code of a template's function is")
  withRepeated(command, '--parameter <Name=value>', "a value of the template's own parameters")
  withRepeated(command, '--env-file <file>', "the functions' variables, NAME=value lines")
  withRepeated(command, '--env <NAME=value>', 'one more variable')
  return command
    .option('--region <name>', 'the Region, where it is to be written out')
    .option('--account <id>', 'the account, where it is to be written out', account)
    .option('--partition <name>', "the partition; default: the Region's")
    .addOption(
      new Option('--timeout <time>', 'how long the import of one handler may take')
        .argParser(duration)
        .default(10_000, '10s'),
    )
    .option('--json', 'print JSON instead of text')
}

function duration(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(text) ?? []
  if (amount === undefined) throw new InvalidArgumentError('Give a time such as 500ms or 10s.')
  return Number(amount) * (unit === 's' ? 1_000 : 1)
}

function account(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError('Give the twelve digits of an account.')
  return text
}
