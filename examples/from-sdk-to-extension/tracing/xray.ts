// Subsegments for what the SDK of X-Ray cannot see by itself: it patches node:http, and undici does without that.
import { subscribe } from 'node:diagnostics_channel'
import xray from 'aws-xray-sdk-core'

interface UndiciMessage {
  readonly request: { readonly origin: string; readonly path: string }
}

const open = new WeakMap<object, ReturnType<typeof addSubsegment>>()

function addSubsegment({ origin, path }: UndiciMessage['request']) {
  const { host, pathname } = new URL(path, origin)
  const subsegment = xray.getSegment()?.addNewSubsegment(`${host}${pathname}`)
  if (subsegment) subsegment.namespace = 'remote'
  return subsegment
}

subscribe('undici:request:create', (message) => {
  const { request } = message as UndiciMessage
  open.set(request, addSubsegment(request))
})
for (const channel of ['undici:request:trailers', 'undici:request:error']) {
  subscribe(channel, (message) => open.get((message as UndiciMessage).request)?.close())
}
