import type { Command } from 'commander'
import { findingLine, isBad, sorted } from '../print/findings.ts'
import type { Output } from '../print/output.ts'
import { table } from '../print/table.ts'
import { type FunctionOptions, withFunctionOptions } from './function-options.ts'
import { type ListedKey, listedKeys, withSelector } from './listed-key.ts'
import { load } from './load.ts'

export function addList(program: Command, output: Output): void {
  withFunctionOptions(program.command('list [functions...]'))
    .summary('what each function declares')
    .description(
      'Shows what each function declares: key, id, format and source. Nothing is fetched.\n\n--json prints an array of ListedKey: function, file, view, key, kind, id, stage, versionId, version, label, format, source, optional.',
    )
    .action(async (places: string[], options: FunctionOptions) => {
      const { reads, findings } = await load(places, options)
      const keys = reads.flatMap(listedKeys)
      if (options.json) output.line(JSON.stringify(keys, undefined, 2))
      else if (keys.length > 0) output.line(listTable(keys, output.width))
      for (const finding of sorted(findings)) output.aside(findingLine(finding, output.width, process.stderr))
      if (isBad(findings)) process.exitCode = 1
    })
}

export function listTable(keys: readonly ListedKey[], width: number): string {
  const rows = keys.map((key, index) => [
    // Said once for each function.
    keys[index - 1]?.function === key.function ? '' : key.function,
    `${key.view}.${key.key}${key.optional ? ' ?' : ''}`,
    withSelector(key),
    key.format,
    key.source,
  ])
  return table(['FUNCTION', 'KEY', 'ID', 'FORMAT', 'SOURCE'], rows, width)
}
