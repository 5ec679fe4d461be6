/** An error as AWS would answer it: the code is the exception's name. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number

  /** `message` may be empty: Parameter Store's ParameterNotFound has none. */
  constructor(code: string, message = '', status = 400) {
    super(message)
    this.code = code
    this.status = status
  }
}

export const accessDenied = (action: string, resource: string): AwsError =>
  new AwsError(
    'AccessDeniedException',
    `User: arn:aws:sts::123456789012:assumed-role/local/function is not authorized to perform: ${action} ` +
      `on resource: ${resource} because no identity-based policy allows the ${action} action`,
  )

export const validation = (message: string): AwsError => new AwsError('ValidationException', message)
