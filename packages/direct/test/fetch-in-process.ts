import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const script = fileURLToPath(new URL('scripts/fetch-once.ts', import.meta.url))

/** Fetches one secret in a process of its own, with these variables; resolves when the process has ended by itself. */
export async function fetchInProcess(
  variables: NodeJS.ProcessEnv,
  from = '@secrets-cache/direct',
): Promise<unknown> {
  const aws = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'))
  const env = { PATH: process.env['PATH'], ...Object.fromEntries(aws), ...variables }
  const { stdout } = await run(process.execPath, ['--conditions=@secrets-cache/source', script, from], {
    env,
  })
  return JSON.parse(stdout)
}
