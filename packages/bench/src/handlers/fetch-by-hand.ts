// What most articles on the layer show: a fetch per value, in each invocation.
import { handlerOver, headers, port } from './by-hand.ts'

export const handler = handlerOver(async (path) => {
  const response = await fetch(`http://localhost:${port}${path}`, { headers: headers() })
  if (!response.ok) throw new Error(`The extension answered ${response.status}`)
  return response.json()
})
