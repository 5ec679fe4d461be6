// Fetches one secret and writes its outcome and what is still active. Gives up on a line of standard input, or,
// with `connecting` as its second argument, as soon as it is connecting.
import { setImmediate } from 'node:timers/promises'
import { extension } from '@secrets-cache/extension'

const [, , port, when] = process.argv
const active = () =>
  process.getActiveResourcesInfo().filter((name) => /TCP|Connect|Timeout|Immediate/.test(name))
const controller = new AbortController()
process.stdin.once('data', () => controller.abort())

const [outcome] = await extension({ port: Number(port) }).fetch([{ kind: 'secret', id: 'a' }], {
  signal: controller.signal,
  fresh: false,
  onRetry: () => {},
  emit: () => {},
})
if (when === 'connecting') {
  while (!active().includes('TCPSocketWrap')) await setImmediate()
  controller.abort()
}
const settled = await outcome
process.stdin.destroy()
// What was closed is gone some turns later.
for (let turn = 0; turn < 5; turn++) await setImmediate()
console.log(JSON.stringify({ outcome: settled?.ok ? 'value' : settled?.error.code, active: active() }))
