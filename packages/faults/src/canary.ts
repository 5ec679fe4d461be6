/** Stands in every value, every token and every body: nothing that anybody can see may hold it. */
export const canary = 'CANARY7c1e5bb0'

export const canaryToken = `${canary}-token`

/** The value of one stored thing in one of its versions. */
export const storedValue = (role: string, version = 1): string => `${canary}-${role}-${version}`

/** Whether a text gives something away, also in one of the spellings that sinks use. */
export function holdsCanary(text: string): boolean {
  return spellings.some((spelling) => text.includes(spelling)) || numbersIn(text).includes(bytes.join())
}

const bytes = [...Buffer.from(canary)]

const spellings = [
  canary,
  ...[0, 1, 2].map(base64After),
  Buffer.from(canary).toString('hex'),
  bytes.map((byte) => byte.toString(16)).join(' '),
]

/** Bytes are written as numbers, some sinks put an index before each. */
function numbersIn(text: string): string {
  return (text.replaceAll(/"?\d+"?:/g, '').match(/\d+/g) ?? []).join()
}

/** What base64 makes of it depends on where it begins; the groups in its middle do not. */
function base64After(shift: number): string {
  const groups = Buffer.from('x'.repeat(shift) + canary).toString('base64')
  return groups.slice(shift === 0 ? 0 : 4, Math.floor((shift + canary.length) / 3) * 4)
}
