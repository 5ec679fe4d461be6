/** Part of every value, token and body; nothing visible may contain it. */
export const canary = 'CANARY7c1e5bb0'

export const canaryToken = `${canary}-token`

/** The secret key of the credentials with which requests are signed. */
export const canaryKey = `${canary}-key`

/** The value of one stored thing in one of its versions. */
export const storedValue = (role: string, version = 1): string => `${canary}-${role}-${version}`

/** Each request has another one, which is made with the key; nothing else that is printed looks like it. */
const signature = /\b[\da-f]{64}\b/

/** Whether a text contains the canary, also encoded as sinks encode it, or the signature of a request. */
export function holdsCanary(text: string): boolean {
  if (signature.test(text)) return true
  return spellings.some((spelling) => text.includes(spelling)) || numbersIn(text).includes(bytes.join())
}

const bytes = [...Buffer.from(canary)]

const spellings = [
  canary,
  ...[0, 1, 2].map(base64After),
  Buffer.from(canary).toString('hex'),
  bytes.map((byte) => byte.toString(16)).join(' '),
]

/** Some sinks write bytes as numbers, some of them with an index before each. */
function numbersIn(text: string): string {
  return (text.replaceAll(/"?\d+"?:/g, '').match(/\d+/g) ?? []).join()
}

/** Its base64 text depends on its position modulo 3; the first and last groups also depend on its neighbours. */
function base64After(shift: number): string {
  const groups = Buffer.from('x'.repeat(shift) + canary).toString('base64')
  return groups.slice(shift === 0 ? 0 : 4, Math.floor((shift + canary.length) / 3) * 4)
}
