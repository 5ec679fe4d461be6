import type { Agent, AgentOptions } from 'node:http'

/** Node's own proxies, by the variables HTTPS_PROXY and NO_PROXY, where it was told to use them. */
function isProxied(): boolean {
  const { NODE_USE_ENV_PROXY, NODE_OPTIONS = '' } = process.env
  const flags = [...process.execArgv, ...NODE_OPTIONS.split(/\s+/)]
  return NODE_USE_ENV_PROXY === '1' || flags.includes('--use-env-proxy')
}

const shared: { http?: Agent; https?: Agent } = {}

/** The agent of all sources in this process: what asks the same host shares its connections. */
export function sharedAgent(isTls: boolean): Agent {
  const { https, http } = modules
  if (!isTls) {
    shared.http ??= new (http().Agent)({ keepAlive: true })
    return shared.http
  }
  if (!shared.https) {
    // A Node that does not know proxyEnv ignores it.
    const proxy: AgentOptions = isProxied() ? { proxyEnv: process.env } : {}
    shared.https = new (https().Agent)({ keepAlive: true, ...proxy })
  }
  return shared.https
}

/** Loaded with the first request, and not when the source is made: node:https takes milliseconds. */
export const modules = {
  http: () => process.getBuiltinModule('node:http'),
  https: () => process.getBuiltinModule('node:https'),
}
