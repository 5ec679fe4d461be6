import type { Outcome, ParameterReference } from '@secrets-cache/core'
import { type Asked, type Batching, failed, inBatches } from './batches.ts'
import type { SsmModule } from './clients.ts'
import { fieldsOf, listOf, only } from './fields.ts'
import { missingParameter, parameterOutcome } from './parameter-value.ts'
import { selectedName } from './selector.ts'
import type { Session } from './session.ts'

const action = 'ssm:GetParameter'
const batchAction = 'ssm:GetParameters'

/** Parameters in tens by GetParameters; one call decrypts all of its names or none. */
export function askParameters(
  references: readonly ParameterReference[],
  session: Session<SsmModule>,
): Asked<ParameterReference> {
  const refuse = () =>
    session.refuseBatch(`${batchAction} is refused, each parameter is asked for by ${action}`)
  const batchingOf = (decrypt: boolean): Batching<ParameterReference> => ({
    most: 10,
    fewest: 1,
    ask: (batch) => askBatch(batch, decrypt, session),
    askOne: (reference) => askParameter(reference, session),
    // Unverified for AWS; handled either way.
    isSpoiltByOne: true,
    isThrottledAlone: false,
    isRefused: session.isBatchRefused,
    refuse,
  })
  const groups = Map.groupBy(references, ({ decrypt }) => decrypt)
  return [...groups].flatMap(([decrypt, group]) => inBatches(group, batchingOf(decrypt)))
}

async function askParameter(reference: ParameterReference, { send }: Session<SsmModule>): Promise<Outcome> {
  const Name = selectedName(reference)
  const answer = await send({
    command: ({ GetParameterCommand }) =>
      new GetParameterCommand({ Name, WithDecryption: reference.decrypt }),
    action,
    references: [reference],
  })
  return answer.ok ? parameterOutcome(fieldsOf(answer.output['Parameter']), Name) : answer
}

async function askBatch(
  batch: readonly ParameterReference[],
  WithDecryption: boolean,
  { send }: Session<SsmModule>,
) {
  const Names = batch.map(selectedName)
  const answer = await send({
    command: ({ GetParametersCommand }) => new GetParametersCommand({ Names, WithDecryption }),
    action: batchAction,
    references: batch,
  })
  if (!answer.ok) return answer.error
  const { InvalidParameters, Parameters } = answer.output
  const found = listOf(Parameters)
  return Names.map((asked) => {
    if (Array.isArray(InvalidParameters) && InvalidParameters.includes(asked))
      return failed(missingParameter())
    // The answer's name carries no selector, and its order is not that of the question.
    const match = only(
      found.filter(({ Name, ARN, Selector }) =>
        [Name, ARN].some((name) => `${name}${Selector ?? ''}` === asked),
      ),
    )
    return match && parameterOutcome(match, asked)
  })
}
