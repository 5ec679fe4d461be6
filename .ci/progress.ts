/** On a terminal: what is being done, on one line that is written over. Silent in CI and where nobody watches. */
export interface Progress {
  readonly say: (text: string) => void
  /** Clears the line. */
  readonly end: () => void
}

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const isWatched = stream.isTTY && !process.env['CI']
  const write = (text: string) => {
    if (isWatched) stream.write(`\r\x1b[2K${text.slice(0, Math.min(80, stream.columns ?? 80) - 1)}`)
  }
  return { say: write, end: () => write('') }
}
