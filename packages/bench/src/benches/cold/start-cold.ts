import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Received } from '../../handlers/received.ts'
import { startRuntimeApi } from '../../shared/runtime-api.ts'
import type { ProcessorLimit } from './limit-processor.ts'
import { processorTime } from './processor-time.ts'

/** Milliseconds of one part of a cold start. */
export interface Part {
  readonly wall: number
  /** Of the processor, in the main thread alone: steadier than `wall` where other programs run. */
  readonly processor: number
}

export interface Cold {
  readonly init: Part
  readonly invoke: Part
}

export interface Function {
  readonly runtime: string
  readonly folder: string
  readonly variables: Readonly<Record<string, string>>
  /** Holds the invocation to a share of a processor; INIT has a whole one, as in Lambda. */
  readonly limit?: { readonly to: ProcessorLimit; readonly share: number } | undefined
}

/** Starts a new process of AWS's runtime client and has it answer one invocation. */
export async function startCold({
  runtime,
  folder,
  variables,
  limit,
}: Function): Promise<Cold & { received: Received }> {
  await using api = await startRuntimeApi()
  limit?.to.set(1)
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
  const processId = child.pid as number
  limit?.to.add(processId)
  const exited = once(child, 'exit')
  const died = exited.then(([code]) => {
    throw new Error(`The function's process ended with ${code} before it had answered.`)
  })
  // A function whose INIT fails reports that and ends, and then `died` rejects.
  died.catch(() => {})
  try {
    const initialised = await Promise.race([api.initialised, died])
    const afterInit = processorTime(processId)
    limit?.to.set(limit.share)
    const { at, response } = await Promise.race([api.invoke(30_000), died])
    return {
      init: { wall: initialised - start, processor: afterInit },
      invoke: { wall: at - initialised, processor: processorTime(processId) - afterInit },
      received: response as Received,
    }
  } finally {
    child.kill('SIGKILL')
    await exited
  }
}
