import { existsSync } from 'node:fs'
import { isFromAws } from '@secrets-cache/core/internal/permissions'
import type { Command } from 'commander'
import { assumeRole } from '../account/assume-role.ts'
import { fetchValues } from '../account/fetch-values.ts'
import { keysOf } from '../import/read-functions.ts'
import { findingLine, isBad, sorted } from '../print/findings.ts'
import type { Output } from '../print/output.ts'
import { ignoredByGit } from '../pull/ignored-by-git.ts'
import { valuesOf } from '../pull/values-of.ts'
import { writePrivately } from '../pull/write-privately.ts'
import { UsageError } from '../usage-error.ts'
import { type FunctionOptions, withFunctionOptions } from './function-options.ts'
import { load } from './load.ts'

interface PullOptions extends FunctionOptions {
  readonly output: string
  readonly redacted: boolean | undefined
  readonly force: boolean | undefined
  readonly yesProduction: boolean | undefined
  readonly role: string | undefined
}

/** Too many are asked about rather than too few; a product is not production. */
const production = /prod(?!uct(?!ion))|(^|[^a-z])(prd|live)([^a-z]|$)/i

export function addPull(program: Command, output: Output): void {
  withFunctionOptions(program.command('pull [functions...]'))
    .summary('a values file for the local stand-in, from an account')
    .description(
      'Writes what the functions declare, and nothing else, from the account into a values file for the local stand-in (@secrets-cache/local): readable by you alone, and ignored by git. It has current versions only, and SecureStrings as plain texts.\n\n--json prints { file, secrets, parameters, findings }: the names, no values.',
    )
    .option('-o, --output <file>', 'the file, in JSON', 'values.json')
    .option('--redacted', 'made-up values of the same form instead: a file to share')
    .option('--force', 'replace the file where it exists')
    .option('--yes-production', 'read also what has "prod" in its name')
    .option('--role <arn>', 'assume this role first')
    .action(async (functions: string[], options: PullOptions) => {
      const { output: file, redacted = false, force = false, role, region } = options
      // Before anything is fetched.
      if (existsSync(file) && !force) throw new UsageError(`${file} exists already: --force replaces it.`)
      const { reads, findings } = await load(functions, options)
      const keys = reads.flatMap(keysOf).filter(({ source }) => isFromAws(source))
      if (keys.length === 0) throw new UsageError('these functions declare nothing that AWS holds.')
      refuseProduction(
        keys.map(({ id }) => id),
        options,
      )
      const ignored = redacted ? 'ignored' : await ignoredByGit(file)
      const credentials = role === undefined ? undefined : await assumeRole(role, region)
      const { values, findings: more } = valuesOf(
        keys,
        await fetchValues(keys, { region, credentials }),
        redacted,
      )
      await writePrivately(file, `${JSON.stringify(values, undefined, 2)}\n`, force)
      const told = sorted([...findings, ...more])
      const names = { secrets: Object.keys(values.secrets), parameters: Object.keys(values.parameters) }
      if (options.json) output.line(JSON.stringify({ file, ...names, findings: told }, undefined, 2))
      else {
        const count = (list: readonly string[], word: string) =>
          `${list.length} ${word}${list.length === 1 ? '' : 's'}`
        const added = ignored === 'added' ? ', which .gitignore has now' : ''
        output.line(
          `${count(names.secrets, 'secret')} and ${count(names.parameters, 'parameter')}, ${redacted ? 'made up' : 'as they are'}, in ${file}${added}`,
        )
        for (const finding of told) output.aside(findingLine(finding, output.width, process.stderr))
      }
      if (isBad(told)) process.exitCode = 1
    })
}

function refuseProduction(ids: readonly string[], { yesProduction = false }: PullOptions): void {
  const found = [...new Set(ids.filter((id) => production.test(id)))]
  if (found.length === 0 || yesProduction) return
  throw new UsageError(`these look like production: ${found.join(', ')}. Say --yes-production to read them.`)
}
