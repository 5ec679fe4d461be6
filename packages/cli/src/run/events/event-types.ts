import { didYouMean, refuse } from '@secrets-cache/local/internal'
import { httpEvent } from './http-event.ts'
import { dynamodbEvent, s3Event, scheduleEvent, snsEvent, sqsEvent } from './sample-events.ts'

/** Makes an event as AWS sends it: with the current time and ids of its own. */
type MakeEvent = (region: string) => object

const MAKERS: Readonly<Record<string, MakeEvent>> = {
  'apigw-v2': () => httpEvent({ method: 'GET', target: '/', headers: { 'user-agent': 'secrets-cache' } }),
  sqs: sqsEvent,
  schedule: scheduleEvent,
  sns: snsEvent,
  s3: s3Event,
  dynamodb: dynamodbEvent,
}

/** What `--event-type` takes. */
export const eventTypes: readonly string[] = Object.keys(MAKERS)

export const checkEventType = (type: string): void => {
  if (eventTypes.includes(type)) return
  const nearest = didYouMean(type, eventTypes)
  refuse(`--event-type is "${type}"; it is one of ${eventTypes.join(', ')}.${nearest}`)
}

/** A new event of this type. */
export const eventOf = (type: string, region: string): object => (MAKERS[type] as MakeEvent)(region)
