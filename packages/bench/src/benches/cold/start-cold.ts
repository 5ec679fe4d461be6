import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Received } from '../../handlers/received.ts'
import { startRuntimeApi } from '../../shared/runtime-api.ts'

/** Milliseconds of one cold start. */
export interface Cold {
  readonly init: number
  readonly invoke: number
}

export interface Function {
  readonly runtime: string
  readonly folder: string
  readonly variables: Readonly<Record<string, string>>
}

/** Starts a new process of AWS's runtime client and has it answer one invocation. */
export async function startCold({
  runtime,
  folder,
  variables,
}: Function): Promise<Cold & { received: Received }> {
  await using api = await startRuntimeApi()
  const answered = api.invoke(30_000)
  const start = performance.now()
  const child = spawn(process.execPath, [runtime], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...variables,
      PATH: process.env['PATH'],
      AWS_LAMBDA_RUNTIME_API: api.address,
      AWS_LAMBDA_FUNCTION_NAME: 'bench',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/bench',
      AWS_LAMBDA_LOG_STREAM_NAME: 'bench',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      LAMBDA_TASK_ROOT: folder,
      _HANDLER: 'handler.handler',
    },
  })
  const exited = once(child, 'exit')
  const died = exited.then(([code]) => {
    throw new Error(`The function's process ended with ${code} before it had answered.`)
  })
  try {
    // Where INIT fails, `answered` rejects and `initialised` never settles.
    const initialised = await Promise.race([api.initialised, answered.then(() => api.initialised), died])
    const { at, response } = await Promise.race([answered, died])
    return { init: initialised - start, invoke: at - initialised, received: response as Received }
  } finally {
    died.catch(() => {})
    answered.catch(() => {})
    child.kill('SIGKILL')
    await exited
  }
}
