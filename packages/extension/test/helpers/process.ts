import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, jest } from '@jest/globals'

// A process needs its time to start where many start at once.
jest.setTimeout(30_000)

const running = new Set<ChildProcess>()

afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** A Node process of its own, running a file of test/scripts or of an absolute path; its lines are read one by one. */
export function run(script: string, ...given: (string | number | { variables: NodeJS.ProcessEnv })[]) {
  const path = fileURLToPath(new URL(script, new URL('../scripts/', import.meta.url)))
  const values = given.filter((one) => typeof one !== 'object').map(String)
  const { variables } = given.find((one) => typeof one === 'object') ?? {}
  const child = spawn(process.execPath, ['--conditions=@secrets-cache/source', path, ...values], {
    stdio: ['pipe', 'pipe', variables?.['NODE_DEBUG'] ? 'ignore' : 'inherit'],
    // Of this process nothing but the path: Jest's own variables make undici take another way.
    env: { PATH: process.env['PATH'], AWS_SESSION_TOKEN: 'token', ...variables },
  })
  running.add(child)
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      running.delete(child)
      resolve(code)
    })
  })
  let lines: AsyncIterator<string> | undefined
  return {
    exited,
    /** The next line, as JSON. */
    line: async (): Promise<unknown> => {
      lines ??= createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      return JSON.parse((await lines.next()).value ?? 'null')
    },
    /** What it writes until that matches, or until it ends. */
    textUntil: async (pattern: RegExp) => {
      let text = ''
      for await (const chunk of child.stdout.setEncoding('utf8')) {
        text += chunk
        if (pattern.test(text)) break
      }
      return text
    },
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
