import type { ExtensionOptions } from '@secrets-cache/extension'
import type { Cloud } from './cloud.ts'
import type { VirtualTime } from './virtual-time.ts'

type Dispatcher = NonNullable<ExtensionOptions['dispatcher']>

/** The transport of `extension()`: an undici dispatcher whose other end is a layer over the simulated cloud. */
export function simulatedLayer(cloud: Cloud, time: VirtualTime, ttlSeconds = 300): Dispatcher {
  const cache = new Map<string, number>()

  async function answer(path: string): Promise<{ status: number; body: string }> {
    const isSecret = path.startsWith('/secretsmanager/')
    const until = cache.get(path)
    try {
      if (until === undefined || time.now() >= until) {
        await cloud.call(isSecret ? 'secretsManager' : 'parameterStore')
        cache.set(path, time.now() + ttlSeconds * 1_000)
      }
      return { status: 200, body: JSON.stringify(isSecret ? secret : parameter) }
    } catch {
      // The layer gives every cause the same answer.
      return { status: 400, body: 'an unexpected error occurred while executing request' }
    }
  }

  return {
    dispatch({ path }, handler) {
      const controller = { abort() {} }
      handler.onRequestStart(controller, undefined)
      void answer(path).then(({ status, body }) => {
        handler.onResponseStart(controller, status, {})
        handler.onResponseData(controller, Buffer.from(body))
        handler.onResponseEnd(controller, {})
      })
      return true
    },
  }
}

const secret = { SecretString: 'value', VersionId: 'version-1' }
const parameter = { Parameter: { Value: 'value', Type: 'String', Version: 1 } }
