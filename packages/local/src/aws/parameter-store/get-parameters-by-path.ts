import { isArn } from '../../account/arn.ts'
import { validation } from '../../account/aws-error.ts'
import type { Parameter } from '../../account/parameters.ts'
import { flagOf, numberOf, requiredText, textOf } from '../input.ts'
import type { Operation } from '../operation.ts'
import { type Page, pageOf, tokenAt } from '../pages.ts'
import { parameterValue } from './get-parameter.ts'

/** AWS's limit per page. */
const MOST = 10

export const getParametersByPath: Operation = (input, { account, authorise, emptyPages }) => {
  const path = requiredText(input, 'Path')
  authorise('ssm:GetParametersByPath', path)
  if (!/^\/[\w./-]*$/.test(path) || path.includes('//'))
    throw validation(
      "The parameter doesn't meet the parameter name requirements. The path must begin with a forward slash, and " +
        'use letters, numbers, ".", "-" and "_" between single slashes.',
    )
  const size = numberOf(input, 'MaxResults') ?? MOST
  if (size < 1 || size > MOST)
    throw validation(
      "1 validation error detected: Value at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 10",
    )
  const prefix = path.endsWith('/') ? path : `${path}/`
  const isBelow = (name: string): boolean => name.startsWith(prefix) && name.length > prefix.length
  const isNext = (name: string): boolean => !name.slice(prefix.length).includes('/')
  const below = account.parameters.list().filter((parameter) => {
    const name = inHierarchy(parameter)
    return name !== undefined && isBelow(name) && (flagOf(input, 'Recursive') || isNext(name))
  })
  const token = textOf(input, 'NextToken')
  const empty = token === undefined && emptyPages()
  const page: Page<(typeof below)[number]> = empty
    ? { items: [], nextToken: tokenAt(0) }
    : pageOf(below, size, token, 'InvalidNextToken')
  return {
    Parameters: page.items.flatMap((parameter) => {
      const latest = parameter.versions.at(-1)
      return latest ? [parameterValue(parameter, latest, flagOf(input, 'WithDecryption'))] : []
    }),
    ...(page.nextToken ? { NextToken: page.nextToken } : {}),
  }
}

/** A name without a slash belongs to the root of the hierarchy. Parameters of other accounts are not in it. */
const inHierarchy = ({ name }: Parameter): string | undefined => {
  if (isArn(name)) return undefined
  return name.startsWith('/') ? name : `/${name}`
}
