import { createHash, randomUUID } from 'node:crypto'
import type { DynamoDBStreamEvent, S3Event, ScheduledEvent, SNSEvent, SQSEvent } from 'aws-lambda'

const ACCOUNT = '123456789012'
const BODY = JSON.stringify({ id: 1 })

/** One message of a queue. */
export const sqsEvent = (region: string): SQSEvent => ({
  Records: [
    {
      messageId: randomUUID(),
      receiptHandle: randomUUID(),
      body: BODY,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(Date.now()),
        SenderId: ACCOUNT,
        ApproximateFirstReceiveTimestamp: String(Date.now()),
      },
      messageAttributes: {},
      md5OfBody: createHash('md5').update(BODY).digest('hex'),
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:${region}:${ACCOUNT}:local`,
      awsRegion: region,
    },
  ],
})

/** A rule of EventBridge whose time has come. */
export const scheduleEvent = (region: string): ScheduledEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: ACCOUNT,
  time: `${new Date().toISOString().slice(0, 19)}Z`,
  region,
  resources: [`arn:aws:events:${region}:${ACCOUNT}:rule/local`],
  detail: {},
})

/** One message of a topic. */
export const snsEvent = (region: string): SNSEvent => {
  const topic = `arn:aws:sns:${region}:${ACCOUNT}:local`
  const service = `https://sns.${region}.amazonaws.com`
  return {
    Records: [
      {
        EventVersion: '1.0',
        EventSource: 'aws:sns',
        EventSubscriptionArn: `${topic}:${randomUUID()}`,
        Sns: {
          SignatureVersion: '1',
          Timestamp: new Date().toISOString(),
          Signature: 'not-signed',
          SigningCertUrl: `${service}/SimpleNotificationService.pem`,
          MessageId: randomUUID(),
          Message: BODY,
          MessageAttributes: {},
          Type: 'Notification',
          UnsubscribeUrl: `${service}/?Action=Unsubscribe`,
          TopicArn: topic,
          Subject: 'local',
        },
      },
    ],
  }
}

/** An object that was put into a bucket. */
export const s3Event = (region: string): S3Event => ({
  Records: [
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: region,
      eventTime: new Date().toISOString(),
      eventName: 'ObjectCreated:Put',
      userIdentity: { principalId: `AWS:${ACCOUNT}` },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-request-id': randomUUID(), 'x-amz-id-2': randomUUID() },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'local',
        bucket: { name: 'local', ownerIdentity: { principalId: ACCOUNT }, arn: 'arn:aws:s3:::local' },
        object: {
          key: 'folder/file.json',
          size: BODY.length,
          eTag: createHash('md5').update(BODY).digest('hex'),
          sequencer: Date.now().toString(16).toUpperCase(),
        },
      },
    },
  ],
})

/** An item that was added to a table. */
export const dynamodbEvent = (region: string): DynamoDBStreamEvent => ({
  Records: [
    {
      eventID: randomUUID().replaceAll('-', ''),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: region,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(Date.now() / 1_000),
        Keys: { id: { S: '1' } },
        NewImage: { id: { S: '1' }, total: { N: '42' } },
        SequenceNumber: String(Date.now()),
        SizeBytes: 16,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: `arn:aws:dynamodb:${region}:${ACCOUNT}:table/local/stream/${new Date().toISOString().slice(0, 23)}`,
    },
  ],
})
