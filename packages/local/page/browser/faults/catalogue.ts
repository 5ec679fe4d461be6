export interface FaultField {
  readonly name: string
  readonly label: string
  readonly value: string
  /** Whether the stand-in wants a number. */
  readonly isNumber?: boolean
  readonly choices?: readonly string[]
  readonly isOptional?: boolean
}

export interface FaultKind {
  readonly name: string
  readonly title: string
  /** What the client sees. */
  readonly sees: string
  readonly fields?: readonly FaultField[]
  /** Only a time: it meets everybody, this page too. */
  readonly isUnscoped?: boolean
}

const number = (name: string, label: string, value: string): FaultField => ({
  name,
  label,
  value,
  isNumber: true,
})

/** Every fault, in the order in which people reach for them. */
export const FAULTS: readonly { readonly title: string; readonly faults: readonly FaultKind[] }[] = [
  {
    title: 'In AWS',
    faults: [
      {
        name: 'deny',
        title: 'Deny',
        sees: 'AccessDeniedException; through the layer its opaque 400. An action denies it for every name in the scope.',
        fields: [{ name: 'action', label: 'Action, empty for all', value: '', isOptional: true }],
      },
      {
        name: 'throttle',
        title: 'Throttle',
        sees: 'ThrottlingException when a token bucket over the reads of a service is empty.',
        fields: [
          number('perSecond', 'Reads a second', '40'),
          { name: 'service', label: 'Service', value: 'ssm', choices: ['ssm', 'secretsmanager'] },
        ],
      },
      {
        name: 'fail',
        title: 'Fail',
        sees: 'This exception of AWS.',
        fields: [
          {
            name: 'code',
            label: 'Exception',
            value: 'InternalServiceError',
            choices: [
              'InternalServiceError',
              'DecryptionFailure',
              'ServiceUnavailableException',
              'InternalServerError',
            ],
          },
        ],
      },
      {
        name: 'emptyPages',
        title: 'Empty page',
        sees: 'GetParametersByPath begins with an empty page and a NextToken.',
      },
    ],
  },
  {
    title: 'In the layer',
    faults: [
      { name: 'notReady', title: 'Not ready', sees: '400 “not ready to serve traffic, please wait”.' },
      { name: 'opaque', title: 'Opaque failure', sees: '400 without a reason; AWS is not asked.' },
    ],
  },
  {
    title: 'On the connection',
    faults: [
      {
        name: 'slow',
        title: 'Slow',
        sees: 'The answer, late.',
        fields: [number('milliseconds', 'Milliseconds', '200')],
      },
      { name: 'hang', title: 'Hang', sees: 'No answer, ever; the connection stays open.' },
      {
        name: 'drip',
        title: 'Drip',
        sees: 'The body byte by byte.',
        fields: [number('milliseconds', 'Milliseconds a byte', '20')],
      },
      { name: 'truncate', title: 'Truncate', sees: 'Half of the body, then the connection ends.' },
      { name: 'reset', title: 'Reset', sees: 'The connection is reset (RST).' },
      { name: 'garbage', title: 'Garbage', sees: 'Bytes that are not HTTP, as from another program.' },
      {
        name: 'refuse',
        title: 'Refuse',
        sees: 'Nobody listens, then the same port again. This page loses its stand-in for that time, too.',
        fields: [number('milliseconds', 'Milliseconds', '3000')],
        isUnscoped: true,
      },
      {
        name: 'status',
        title: 'Status',
        sees: 'This status and text.',
        fields: [
          number('status', 'Status', '500'),
          { name: 'body', label: 'Text', value: '', isOptional: true },
        ],
      },
      {
        name: 'redirect',
        title: 'Redirect',
        sees: '302 to this address; no client may follow, because it would send its token along.',
        fields: [{ name: 'location', label: 'Address', value: 'http://127.0.0.1:9/' }],
      },
      {
        name: 'hugeBody',
        title: 'Huge body',
        sees: 'Valid JSON, far larger than any secret.',
        fields: [number('bytes', 'Bytes', '4194304')],
      },
    ],
  },
]

const titles = new Map(
  FAULTS.flatMap(({ faults }) => faults.map(({ name, title }) => [name, title] as const)),
)

export const titleOf = (name: string): string => titles.get(name) ?? name
