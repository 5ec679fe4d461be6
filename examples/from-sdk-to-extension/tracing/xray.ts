// Makes subsegments for undici's requests. X-Ray's SDK patches node:http, which undici does not use.
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
