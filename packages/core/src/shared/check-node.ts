/**
 * Refuses a Node that is too old, where the code that needs a newer one is loaded: its first read would end with
 * `Promise.withResolvers is not a function`. The way to tell is what is missing, for a version may be a vendor's own.
 */
export function checkNode(): void {
  if (typeof Promise.withResolvers === 'function') return
  throw new Error(
    `@secrets-cache needs Node.js 22.19 or newer, this is ${process.version}. On Lambda: the runtime nodejs22.x or nodejs24.x.`,
  )
}
