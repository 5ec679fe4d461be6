import { readFileSync } from 'node:fs'
import { ConfigurationError, TokenError } from '@secrets-cache/core'
import { parseFields } from '@secrets-cache/core/internal'
import { isLoopback } from '../endpoint/loopback.ts'
import { exchange, type Fault, type HttpRequest, type HttpResponse } from '../http/exchange.ts'
import { type AwsCredentials, checkedCredentials, giveCredentials } from './aws-credentials.ts'

const fullVariable = 'AWS_CONTAINER_CREDENTIALS_FULL_URI'
const relativeVariable = 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'
const tokenVariable = 'AWS_CONTAINER_AUTHORIZATION_TOKEN'
const fileVariable = 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'

/** The hosts that ECS and EKS give credentials at, as a URL has them. Nobody else may get the token. */
const ecs = '169.254.170.2'
const hosts: readonly string[] = [ecs, '169.254.170.23', '[fd00:ec2::23]']

/** Credentials have a few kilobytes. */
const most = 64 * 1024

/** One attempt may take so long, in milliseconds; three fit into the time of a load. */
const patience = { connecting: 1_000, whole: 1_500 }
const attempts = 3

/** Where the variables say that a container gets its credentials; `undefined` where they say nothing. */
export function containerUri(environment: NodeJS.ProcessEnv): string | undefined {
  const { [relativeVariable]: relative, [fullVariable]: full } = environment
  return relative ? `http://${ecs}${relative.replace(/^(?!\/)/, '/')}` : full || undefined
}

/** @throws ConfigurationError for a URI that is none, or of another host; TokenError where no credentials come of it */
export async function fromContainer(uri: string, environment: NodeJS.ProcessEnv): Promise<AwsCredentials> {
  const request = requestFor(uri, environment)
  let result: HttpResponse | Fault
  let attempt = 0
  do {
    result = await exchange(request, { signal: new AbortController().signal, most, patience })
  } while (++attempt < attempts && isPassing(result))
  if ('fault' in result) throw refused(result.code || result.fault)
  if (result.status !== 200) throw refused(`HTTP ${result.status}`)
  const fields = parseFields(result.body.toString())
  if (!fields) throw refused('no JSON')
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = fields
  return checkedCredentials(
    {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: Token,
      expiration: Expiration,
    },
    'the container endpoint',
  )
}

function requestFor(uri: string, environment: NodeJS.ProcessEnv): HttpRequest {
  const url = URL.parse(uri)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new ConfigurationError({ reason: `${fullVariable} is not a URL`, remedy: giveCredentials })
  }
  if (!isLoopback(url.hostname) && !hosts.includes(url.hostname)) {
    throw new ConfigurationError({
      reason: `${fullVariable} names another host than this machine, ECS's or EKS's`,
      remedy: `Its host is 127.0.0.1, [::1], localhost or one of ${hosts.join(', ')}.`,
    })
  }
  const isTls = url.protocol === 'https:'
  const authorization = tokenIn(environment)
  return {
    method: 'GET',
    isTls,
    hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || (isTls ? 443 : 80)),
    path: url.pathname + url.search,
    headers: { host: url.host, accept: 'application/json', ...(authorization && { authorization }) },
    body: undefined,
    agent: undefined,
  }
}

/** A file comes first: EKS renews it. */
function tokenIn(environment: NodeJS.ProcessEnv): string | undefined {
  const { [fileVariable]: file, [tokenVariable]: text } = environment
  const token = file ? readToken(file) : text || undefined
  if (token !== undefined && !/^[!-~]+(?: [!-~]+)*$/.test(token)) {
    throw new TokenError({
      reason: `the token in ${file ? fileVariable : tokenVariable} has characters that no header may have`,
      remedy: giveCredentials,
    })
  }
  return token
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new TokenError({
      reason: `the file that ${fileVariable} names cannot be read`,
      remedy: 'Let this process read it.',
    })
  }
}

function isPassing(result: HttpResponse | Fault): boolean {
  return 'fault' in result ? result.fault !== 'too large' : result.status >= 500 || result.status === 429
}

function refused(what: string): TokenError {
  return new TokenError({
    reason: `the container endpoint gave no credentials: ${what}`,
    remedy: giveCredentials,
  })
}
