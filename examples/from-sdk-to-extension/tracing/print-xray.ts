// Invokes a handler twice, each time in a segment of its own, and prints what goes to the X-Ray daemon.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import xray from 'aws-xray-sdk-core'
import './xray.ts'

const daemon = createSocket('udp4')
const received: object[] = []
daemon.on('message', (message) => {
  const [, segment] = message.toString().split('\n')
  received.push(JSON.parse(segment as string))
})
daemon.bind(0, '127.0.0.1')
await once(daemon, 'listening')
xray.setContextMissingStrategy('IGNORE_ERROR')
xray.setDaemonAddress(`127.0.0.1:${daemon.address().port}`)

const { handler, secretsManager } = await import(process.argv[2] as string)
if (secretsManager) xray.captureAWSv3Client(secretsManager)
for (const name of ['cold', 'warm']) {
  const segment = new xray.Segment(name)
  await xray.getNamespace().runAndReturn(async () => {
    xray.setSegment(segment)
    await handler({}, { getRemainingTimeInMillis: () => 5_000 })
  })
  segment.close()
}
while (received.length < 2) await sleep(5)
daemon.close()
console.log(JSON.stringify(received))
