import { ConfigurationError } from '../errors/index.ts'
import { nameOf } from '../shared/check.ts'
import type { ViewName } from './view-name.ts'

/** Secrets Manager allows 512 characters in a name, Parameter Store 2,048; an ARN adds its own. */
const longestId = 2_400

/** An id that can never be fetched, and what was probably meant. */
interface Fault {
  readonly reason: string
  readonly remedy: string
}

const asShown = 'Give the name or ARN as AWS shows it.'

/** Refuses a name or ARN that no source can ever find. `key` is `secrets.db`. */
export function checkName(view: ViewName, key: string, id: unknown): void {
  if (typeof id !== 'string' || id === '') {
    throw new ConfigurationError({ key, reason: `the name is ${nameOf(id)}`, remedy: asShown })
  }
  const fault =
    unprintable(id) ??
    template(id) ??
    otherNotation(id) ??
    (id.startsWith('arn:') ? arnFault(view, id) : undefined)
  if (fault) throw new ConfigurationError({ key, id: id.slice(0, 80), ...fault })
}

function unprintable(id: string): Fault | undefined {
  if (id.length > longestId) {
    return { reason: `the name has ${id.length} characters, more than any name or ARN`, remedy: asShown }
  }
  if (hasControlCharacter(id) || !id.isWellFormed()) {
    return { reason: 'the name holds a control character or half a surrogate pair', remedy: asShown }
  }
  if (id.trim() !== id) return { reason: 'the name begins or ends with a space', remedy: 'Remove the space.' }
  return undefined
}

export function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text)
}

/** What a template was to replace, or replaced by nothing. */
function template(id: string): Fault | undefined {
  if (/\{\{|[$#]\{|\$\(/.test(id)) {
    return {
      reason: 'the name holds a placeholder that nothing has replaced',
      remedy: 'Give the name itself: neither CloudFormation nor a template is applied to it.',
    }
  }
  const part = id.split(/[/:]/).find((each) => /^(undefined|null|NaN|\[object \w+\])$/.test(each))
  if (part === undefined) return undefined
  return {
    reason: `a part of the name is ${JSON.stringify(part)}`,
    remedy: 'Set the environment variable that the name is made from.',
  }
}

/** How other tools write a reference to a secret or parameter. */
function otherNotation(id: string): Fault | undefined {
  if (/^(["'`]).*\1$/.test(id)) {
    return { reason: 'the name stands in quotes of its own', remedy: 'Give the name without them.' }
  }
  if (!/^((aws[:-])?(ssm|secretsmanager|parameterstore)|resolve|https?|s3):/i.test(id)) return undefined
  return { reason: 'the name has a prefix of another tool', remedy: 'Give the name or ARN without it.' }
}

const services = { secrets: 'secretsmanager', parameters: 'ssm' } as const

function arnFault(view: ViewName, arn: string): Fault | undefined {
  const [, , service, , , ...rest] = arn.split(':')
  const other = view === 'secrets' ? 'parameters' : 'secrets'
  if (service === services[other]) {
    return { reason: `it is the ARN of one of the ${other}`, remedy: `Declare it among the ${other}.` }
  }
  if (service !== services[view]) {
    return { reason: `it is an ARN of another service than ${services[view]}`, remedy: asShown }
  }
  const resource = rest.join(':')
  if (view === 'parameters') {
    return /^parameter\/./.test(resource)
      ? undefined
      : { reason: 'the ARN names no parameter', remedy: asShown }
  }
  if (!/^secret:./.test(resource)) return { reason: 'the ARN names no secret', remedy: asShown }
  if (rest.length <= 2) return undefined
  return {
    reason: 'the ARN goes on after the secret: a JSON key, stage or version, as ECS writes it',
    remedy:
      'Give the ARN of the secret alone: json() reads its keys, { stage, versionId } chooses the version.',
  }
}
