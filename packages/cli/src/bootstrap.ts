// The function's own process: what Lambda's Node.js runtime is to a function. `run` starts it; nobody imports it.

import { forgetSecrets, lambdaContext } from '@secrets-cache/local/internal/in-function'
import { hookModules } from './modules/hook-modules.ts'
import { hearEvents } from './run/inside/hear-events.ts'
import { call, loadHandler, type RawHandler } from './run/inside/load-handler.ts'
import { FORGETS, type Orders } from './run/inside/orders.ts'
import { askRuntime, describeError } from './run/inside/runtime-client.ts'
import { callStreaming, isStreaming, offerStreaming, ResponseStream } from './run/inside/streaming.ts'
import { beginInvocation, sinceBegin, tell } from './run/inside/tell.ts'

const orders = JSON.parse(String(process.argv[2])) as Orders

const load = async (): Promise<RawHandler> => {
  try {
    return await loadHandler(orders)
  } catch (error) {
    await askRuntime('POST', 'init/error', JSON.stringify(describeError(error)))
    // Rethrown, because only Node prints the line of a syntax error.
    if (error instanceof SyntaxError) throw error
    process.exit(1)
  }
}

const serve = async (handler: RawHandler): Promise<void> => {
  const { headers, body } = await askRuntime('GET', 'invocation/next')
  const id = String(headers['lambda-runtime-aws-request-id'])
  const deadline = Number(headers['lambda-runtime-deadline-ms'])
  process.env['_X_AMZN_TRACE_ID'] = String(headers['lambda-runtime-trace-id'])
  const context = lambdaContext({
    awsRequestId: id,
    timeoutMilliseconds: deadline - Date.now(),
    functionName: String(process.env['AWS_LAMBDA_FUNCTION_NAME']),
  })
  if (headers[FORGETS] !== undefined) forgetSecrets()
  beginInvocation()
  const done = () => tell({ kind: 'done', milliseconds: sinceBegin() })
  const path = `invocation/${id}/response`
  const streaming = isStreaming(handler) ? handler : undefined
  const stream = streaming && new ResponseStream(path, streaming)
  try {
    if (stream) {
      await callStreaming(streaming, JSON.parse(body), stream, context)
      done()
    } else {
      const result = JSON.stringify((await call(handler, JSON.parse(body), context)) ?? null)
      done()
      await askRuntime('POST', path, result)
    }
  } catch (error) {
    done()
    const described = describeError(error)
    if (stream?.isBegun) await stream.fail(described)
    else await askRuntime('POST', `invocation/${id}/error`, JSON.stringify(described))
  }
}

hearEvents()
offerStreaming()
hookModules({
  task: orders.task,
  sdkPlaces: orders.sdkPlaces.map((place) => new URL(place)),
  onFile: (file) => tell({ kind: 'file', file }),
})
const handler = await load()
for (;;) await serve(handler)
