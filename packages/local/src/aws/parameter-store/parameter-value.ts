/** A parameter as the read APIs answer it, in AWS JSON. */
export interface ParameterValue {
  readonly Name: string
  readonly Type: string
  readonly Value?: string
  readonly Version: number
  /** With its colon, `:3`. */
  readonly Selector?: string
  readonly SourceResult?: string
  /** Seconds since 1970. */
  readonly LastModifiedDate: number
  readonly ARN: string
  readonly DataType?: string
}
