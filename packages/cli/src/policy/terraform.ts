import type { Statement } from '@secrets-cache/core/internal/permissions'
import { snakeCase } from './names.ts'
import type { Policy } from './policies.ts'

/** An `aws_iam_policy_document` for each function. */
export function asTerraform(policies: readonly Policy[]): string {
  const documents = policies.map(({ name, statements }) =>
    [`data "aws_iam_policy_document" "${snakeCase(name)}" {`, statements.map(written).join('\n\n'), '}'].join(
      '\n',
    ),
  )
  const body = documents.join('\n\n')
  const used = ['aws_partition', 'aws_region', 'aws_caller_identity'].filter((name) =>
    body.includes(`data.${name}.`),
  )
  return [
    ...(used.length > 0 ? [used.map((name) => `data "${name}" "current" {}`).join('\n')] : []),
    body,
  ].join('\n\n')
}

function written({ sid, actions, resources, condition }: Statement): string {
  const list = (texts: readonly string[]) =>
    texts.length === 1
      ? `[${quoted(texts[0] as string)}]`
      : `[\n${texts.map((text) => `      ${quoted(text)},`).join('\n')}\n    ]`
  const conditions = Object.entries(condition ?? {}).flatMap(([test, values]) =>
    Object.entries(values).map(
      ([variable, value]) =>
        `\n\n    condition {\n      test     = ${quoted(test)}\n      variable = ${quoted(variable)}\n      values   = [${quoted(value)}]\n    }`,
    ),
  )
  return [
    '  statement {',
    `    sid       = ${quoted(sid)}`,
    `    actions   = ${list(actions)}`,
    `    resources = ${list(resources)}${conditions.join('')}`,
    '  }',
  ].join('\n')
}

/** A reference of Terraform's own stays one; any other `${` is text. */
function quoted(text: string): string {
  return `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(/\$\{(?!data\.)/g, '$$$${')}"`
}
