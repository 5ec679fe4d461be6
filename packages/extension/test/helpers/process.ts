import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setImmediate } from 'node:timers/promises'
import { afterEach } from '@jest/globals'

const running = new Set<ChildProcess>()

afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** A Node process of its own: `script` is a file of test/scripts or code; its lines are read one by one. */
export function run(script: string, ...given: (string | number)[]) {
  const path = new URL(`../scripts/${script}`, import.meta.url).pathname
  const child = spawn(process.execPath, ['--conditions=@secrets-cache/source', path, ...given.map(String)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Jest's own variables would make undici take another way.
    env: { PATH: process.env['PATH'], AWS_SESSION_TOKEN: 'token' },
  })
  running.add(child)
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      running.delete(child)
      resolve(code)
    })
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    exited,
    /** The next line, as JSON. */
    line: async (): Promise<unknown> => JSON.parse((await lines.next()).value ?? 'null'),
    write: (line: string) => child.stdin.write(`${line}\n`),
    end: () => child.stdin.end(),
    freeze: async () => {
      child.kill('SIGSTOP')
      while (stateOf(child) !== 'T') await setImmediate()
    },
    thaw: () => child.kill('SIGCONT'),
  }
}

/** The state of a process as Linux tells it: T is stopped. */
function stateOf({ pid }: ChildProcess): string | undefined {
  return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
}
