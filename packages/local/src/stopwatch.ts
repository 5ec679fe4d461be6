/** Starts counting; each call gives the milliseconds since then, to a tenth. */
export const stopwatch = (): (() => number) => {
  const began = performance.now()
  return () => Math.round((performance.now() - began) * 10) / 10
}
