/**
 * The bodies the layer was seen to answer with (recorded from the real one in 2022-11), with values of our own. What
 * differs from call to call is filled in by the test.
 */
export const recorded = {
  secret: (ARN: string, VersionId: string) => ({
    ARN,
    CreatedDate: '2022-11-16T08:22:40.499Z',
    Name: 'text',
    SecretBinary: null,
    SecretString: 'the text',
    VersionId,
    VersionStages: ['AWSCURRENT'],
    ResultMetadata: {},
  }),
  previousBytes: (ARN: string, VersionId: string) => ({
    ARN,
    CreatedDate: '2022-11-16T08:22:40.499Z',
    Name: 'bytes',
    SecretBinary: 'AAH/',
    SecretString: null,
    VersionId,
    VersionStages: ['AWSPREVIOUS'],
    ResultMetadata: {},
  }),
  parameter: (more: { Selector?: string; Type: string; Value: string; Version?: number; Name: string }) => ({
    Parameter: {
      ARN: `arn:aws:ssm:eu-west-1:123456789012:parameter${more.Name}`,
      DataType: 'text',
      LastModifiedDate: '2022-11-16T08:22:40.499Z',
      Name: more.Name,
      Selector: more.Selector ?? null,
      SourceResult: null,
      Type: more.Type,
      Value: more.Value,
      Version: more.Version ?? 1,
    },
    ResultMetadata: {},
  }),
  reference: (ARN: string, versionId: string) => ({
    Parameter: {
      ARN,
      DataType: null,
      LastModifiedDate: '2022-11-16T08:22:40.499Z',
      Name: '/aws/reference/secretsmanager/text',
      Selector: null,
      SourceResult: `{"ARN":"${ARN}","name":"text","versionId":"${versionId}","secretString":"the text","versionStages":["AWSCURRENT"],"createdDate":"Nov 16, 2022, 8:22:40 AM"}`,
      Type: 'SecureString',
      Value: 'the text',
      Version: 0,
    },
    ResultMetadata: {},
  }),
  previousBytesReference: (ARN: string, versionId: string) => ({
    Parameter: {
      ARN,
      DataType: null,
      LastModifiedDate: '2022-11-16T08:22:40.499Z',
      Name: '/aws/reference/secretsmanager/bytes',
      Selector: ':AWSPREVIOUS',
      SourceResult: `{"ARN":"${ARN}","name":"bytes","versionId":"${versionId}","secretBinary":{"hb":[0,1,255],"offset":0,"isReadOnly":false,"bigEndian":true,"nativeByteOrder":false,"mark":-1,"position":0,"limit":3,"capacity":3,"address":16},"versionStages":["AWSPREVIOUS"],"createdDate":"Nov 16, 2022, 8:22:40 AM"}`,
      Type: 'SecureString',
      Value: null,
      Version: 0,
    },
    ResultMetadata: {},
  }),
}
