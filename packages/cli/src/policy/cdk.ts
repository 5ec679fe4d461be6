import type { Statement } from '@secrets-cache/core/internal/permissions'
import { camelCase } from './names.ts'
import type { Policy } from './policies.ts'

/** Statements for the functions of a CDK stack, each in a variable of the function's name. */
export function asCdk(policies: readonly Policy[]): string {
  const names = policies.flatMap(({ statements }) =>
    JSON.stringify(statements).includes('${Aws.') ? ['Aws'] : [],
  )
  return [
    ...(names.length > 0 ? ["import { Aws } from 'aws-cdk-lib'"] : []),
    "import { PolicyStatement } from 'aws-cdk-lib/aws-iam'",
    ...policies.flatMap(({ name, statements }) => [
      '',
      ...statements.flatMap((statement) => [
        `${camelCase(name)}.addToRolePolicy(`,
        ...written(statement),
        ')',
      ]),
    ]),
  ].join('\n')
}

function written({ sid, actions, resources, condition }: Statement): readonly string[] {
  const list = (name: string, texts: readonly string[]) => [
    `    ${name}: [`,
    ...texts.map((text) => `      ${quoted(text)},`),
    '    ],',
  ]
  return [
    '  new PolicyStatement({',
    `    sid: ${quoted(sid)},`,
    ...list('actions', actions),
    ...list('resources', resources),
    ...(condition ? [`    conditions: ${JSON.stringify(condition)},`] : []),
    '  }),',
  ]
}

function quoted(text: string): string {
  return text.includes('${') ? `\`${text.replaceAll('`', '\\`')}\`` : `'${text.replaceAll("'", "\\'")}'`
}
