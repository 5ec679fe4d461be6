const started: (() => unknown)[] = []

/** Has something closed by `closeStarted`. Node 22 has no `await using`. */
export function closeLater(close: () => unknown): void {
  started.push(close)
}

/** For `afterEach`, in each file of tests: closes what the test has started, whatever came of it. */
export async function closeStarted(): Promise<void> {
  for (const close of started.splice(0)) await close()
}
