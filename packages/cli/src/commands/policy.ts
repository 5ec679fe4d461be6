import type { ArnPlace } from '@secrets-cache/core/internal/permissions'
import type { Command } from 'commander'
import { type Finding, findingsFor } from '../check/finding.ts'
import { asCdk } from '../policy/cdk.ts'
import { asJson } from '../policy/json.ts'
import { longestInline, otherSources, type Policy, policiesFor } from '../policy/policies.ts'
import { asSam } from '../policy/sam.ts'
import { asTerraform } from '../policy/terraform.ts'
import { findingLine, isBad, sorted } from '../print/findings.ts'
import type { Output } from '../print/output.ts'
import { wordIn } from './choice.ts'
import { type FunctionOptions, withFunctionOptions, withRepeated } from './function-options.ts'
import { load, partitionOf } from './load.ts'

const formats = ['json', 'sam', 'cdk', 'terraform'] as const
type Format = (typeof formats)[number]

interface PolicyOptions extends FunctionOptions {
  readonly format: Format
  readonly merge: boolean | undefined
  readonly kmsKey: readonly string[]
}

const inserted = (name: string) => `\${${name}}`

/** What each language writes for what is only known when it is deployed. */
const places: Readonly<Record<Format, ArnPlace>> = {
  json: {
    partition: inserted('AWS::Partition'),
    region: inserted('AWS::Region'),
    account: inserted('AWS::AccountId'),
  },
  sam: {
    partition: inserted('AWS::Partition'),
    region: inserted('AWS::Region'),
    account: inserted('AWS::AccountId'),
  },
  cdk: {
    partition: inserted('Aws.PARTITION'),
    region: inserted('Aws.REGION'),
    account: inserted('Aws.ACCOUNT_ID'),
  },
  terraform: {
    partition: inserted('data.aws_partition.current.partition'),
    region: inserted('data.aws_region.current.name'),
    account: inserted('data.aws_caller_identity.current.account_id'),
  },
}

export function addPolicy(program: Command, output: Output): void {
  const command = withFunctionOptions(program.command('policy [functions...]'))
    .summary("the least that each function's role must allow")
    .description(
      'Writes least-privilege IAM statements for what each function declares. Partition, Region and account are pseudo-parameters, or the values of --region and --account; json without these two holds Fn::Sub.\n\n--json is --format json: an array of FunctionPolicy (function, file, policy), or one policy document with --merge.',
    )
    .option('--format <name>', 'json, sam, cdk or terraform', wordIn(formats), 'json')
    .option('--merge', 'one policy for all of them')
  withRepeated(command, '--kms-key <key>', 'a key of your own that encrypts them: ARN, id or alias/name')
  command.action(async (functions: string[], options: PolicyOptions) => {
    const { reads, findings } = await load(functions, options)
    const format = options.json ? 'json' : options.format
    const isMerged = options.merge ?? false
    const policies = policiesFor(reads, { ...placeFor(format, options), kmsKeys: options.kmsKey }, isMerged)
    output.line(write(policies, format, isMerged))
    const told = [...findings, ...otherSources(reads), ...policies.flatMap(tooLong)]
    for (const finding of sorted(told)) output.aside(findingLine(finding, output.width, process.stderr))
    if (isBad(told)) process.exitCode = 1
  })
}

function placeFor(
  format: Format,
  { region, account, partition = partitionOf(region) }: FunctionOptions,
): ArnPlace {
  const place = places[format]
  return {
    partition: partition ?? place.partition,
    region: region ?? place.region,
    account: account ?? place.account,
  }
}

function write(policies: readonly Policy[], format: Format, isMerged: boolean): string {
  switch (format) {
    case 'json':
      return asJson(policies, isMerged)
    case 'sam':
      return asSam(policies)
    case 'cdk':
      return asCdk(policies)
    case 'terraform':
      return asTerraform(policies)
  }
}

function tooLong({ name, statements }: Policy): readonly Finding[] {
  const length = JSON.stringify(statements).length
  return length <= longestInline
    ? []
    : [
        findingsFor(name, 'role')(
          'note',
          `its policy has about ${length} characters, more than a role's inline policies may have (${longestInline}).`,
        ),
      ]
}
