import type { ParameterReference } from '../declare/reference.ts'
import { fieldsOf, listOf } from '../shared/fields.ts'
import type { Outcome } from '../source/source.ts'
import { type AwsSession, iamAction } from './aws-call.ts'
import { type Batching, failed, inBatches, type Pending } from './batches.ts'
import { only } from './only.ts'
import { missingParameter, parameterOutcome } from './parameter-value.ts'
import { selectedName } from './selector.ts'

const service = 'ssm'
const single = iamAction({ service, action: 'GetParameter' })
const batched = iamAction({ service, action: 'GetParameters' })

/** Parameters in tens by GetParameters; one call decrypts all of its names or none. */
export function askParameters(
  references: readonly ParameterReference[],
  session: AwsSession,
): Pending<ParameterReference> {
  const batchingOf = (decrypt: boolean): Batching<ParameterReference> => ({
    most: 10,
    fewest: 1,
    askBatch: (batch) => askBatch(batch, decrypt, session),
    askOne: (reference) => askParameter(reference, session),
    // Unverified for AWS; handled either way.
    isSpoiltByOne: true,
    isThrottledAlone: false,
    memory: session.batches,
    onRefused: () => session.degraded(`${batched} is refused, each parameter is asked for by ${single}`),
  })
  const groups = Map.groupBy(references, ({ decrypt }) => decrypt)
  return [...groups].flatMap(([decrypt, group]) => inBatches(group, batchingOf(decrypt)))
}

async function askParameter(reference: ParameterReference, { call }: AwsSession): Promise<Outcome> {
  const Name = selectedName(reference)
  const input = { Name, WithDecryption: reference.decrypt }
  const result = await call({ service, action: 'GetParameter', input, references: [reference] })
  return result.ok ? parameterOutcome(fieldsOf(result.output['Parameter']), Name) : result
}

async function askBatch(batch: readonly ParameterReference[], WithDecryption: boolean, { call }: AwsSession) {
  const Names = batch.map(selectedName)
  const input = { Names, WithDecryption }
  const result = await call({ service, action: 'GetParameters', input, references: batch })
  if (!result.ok) return result.error
  const { InvalidParameters, Parameters } = result.output
  const found = listOf(Parameters)
  return Names.map((asked) => {
    if (Array.isArray(InvalidParameters) && InvalidParameters.includes(asked))
      return failed(missingParameter())
    // The name in the answer carries no selector, and the order is not that of the request.
    const match = only(
      found.filter(({ Name, ARN, Selector }) =>
        [Name, ARN].some((name) => `${name}${Selector ?? ''}` === asked),
      ),
    )
    return match && parameterOutcome(match, asked)
  })
}
