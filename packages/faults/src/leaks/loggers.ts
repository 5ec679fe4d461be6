import { Logger } from '@aws-lambda-powertools/logger'
import { Tracer } from '@aws-lambda-powertools/tracer'
import xray from 'aws-xray-sdk-core'
import { pino } from 'pino'
import winston from 'winston'
import type { Sink } from './sink.ts'

/** The loggers and tracers that Lambda functions use, each with a thing as its detail. */
export const loggers: readonly Sink[] = [
  { name: 'pino', write: (thing) => withPino((logger) => logger.info({ thing }, 'x')) },
  { name: 'pino, as an error', write: (thing) => withPino((logger) => logger.error(thing)) },
  { name: 'winston, JSON', write: (thing) => withWinston(winston.format.json(), thing) },
  {
    name: 'winston, pretty',
    write: (thing) => withWinston(winston.format.prettyPrint({ depth: 9 }), thing),
  },
  { name: 'Powertools logger', write: (thing) => withPowertools((logger) => logger.info('x', { thing })) },
  {
    name: 'Powertools logger, appended keys',
    write: (thing) =>
      withPowertools((logger) => {
        logger.appendKeys({ thing })
        logger.error('x', thing as Error)
      }),
  },
  {
    name: 'Powertools tracer',
    write: (thing) => withSegment((tracer) => tracer.putMetadata('thing', thing)),
  },
  {
    name: 'X-Ray metadata',
    write: (thing) => withSegment((_tracer, segment) => segment.addMetadata('thing', thing)),
  },
  {
    name: 'X-Ray error',
    write: (thing) => withSegment((_tracer, segment) => segment.addError(thing as Error)),
  },
]

function withPino(log: (logger: ReturnType<typeof pino>) => void): string {
  let written = ''
  log(pino({}, { write: (line: string) => (written += line) }))
  return written
}

function withWinston(format: ReturnType<typeof winston.format.json>, thing: unknown): string {
  const formatted = format.transform({ level: 'info', message: 'x', thing }, {})
  return String(Object(formatted)[Symbol.for('message')])
}

function withPowertools(log: (logger: Logger) => void): string {
  let written = ''
  const logger = new Logger({ serviceName: 'faults' })
  const write = (...parts: unknown[]) => {
    written += parts.join(' ')
  }
  // The logger keeps its console in this field; by default it writes to the output of this process.
  Object.assign(logger, { console: { info: write, error: write, warn: write, debug: write, log: write } })
  log(logger)
  return written
}

function withSegment(trace: (tracer: Tracer, segment: xray.Subsegment) => void): string {
  const segment = new xray.Segment('faults')
  const tracer = lambdaTracer()
  return xray.getNamespace().runAndReturn(() => {
    const subsegment = segment.addNewSubsegment('handler')
    xray.setSegment(subsegment)
    trace(tracer, subsegment)
    return segment.toString()
  })
}

/** Outside Lambda the tracer does nothing. */
function lambdaTracer(): Tracer {
  const before = process.env['AWS_EXECUTION_ENV']
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs24.x'
  try {
    return new Tracer({ enabled: true, serviceName: 'faults', captureHTTPsRequests: false })
  } finally {
    if (before === undefined) delete process.env['AWS_EXECUTION_ENV']
    else process.env['AWS_EXECUTION_ENV'] = before
  }
}
