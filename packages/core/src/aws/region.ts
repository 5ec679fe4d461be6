/** What the name of a Region looks like. It becomes part of a host name, so nothing else may get through. */
const region = '[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\\d{1,2}'
const wholeName = new RegExp(`^${region}$`)
const arnWithRegion = new RegExp(`^arn:[\\w-]+:(?:secretsmanager|ssm):(${region}):`)

/** Whether it is the name of a Region of AWS. Emulators take any name. */
export function isRegion(name: string): boolean {
  return wholeName.test(name)
}

/** The Region that an ARN names; `undefined` for a name. */
export function regionOf(id: string): string | undefined {
  return arnWithRegion.exec(id)?.[1]
}

/**
 * The Region in which to ask for a name or an ARN, `undefined` for the own one: an ARN is asked for where it is. An own
 * Region that AWS does not have is an emulator's, which has all of them.
 */
export function regionToAsk(id: string, own: string | undefined): string | undefined {
  return own === undefined || isRegion(own) ? regionOf(id) : undefined
}
