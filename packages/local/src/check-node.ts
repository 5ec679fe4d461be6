/** Refuses a Node that is too old, where a test imports this: its first start would end with an error of the inside. */
export function checkNode(): void {
  if (typeof Promise.withResolvers === 'function') return
  throw new Error(`@secrets-cache/local needs Node.js 22.19 or newer, this is ${process.version}.`)
}
