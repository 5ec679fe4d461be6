const overLayer: readonly string[] = ['extension', 'agent']
const overApi: readonly string[] = ['sdk', 'direct']

/** The sources behind a source's name: two of `firstOf(extension, sdk)`. The middlewares' default where none is named. */
export function sourcesIn(name: string | undefined): readonly string[] {
  if (name === undefined) return ['extension']
  return name.replaceAll(/\bfirstOf\(|\)/g, '').split(/\s*,\s*/)
}

/** Whether one of its sources reads from AWS, so that a role must allow it. */
export function isFromAws(name: string | undefined): boolean {
  return sourcesIn(name).some((one) => overLayer.includes(one) || overApi.includes(one))
}

/** Whether the AWS Parameters and Secrets Lambda Extension is asked. */
export function isThroughLayer(name: string | undefined): boolean {
  return sourcesIn(name).includes('extension')
}

/** Whether one of its sources asks AWS itself, several values in one call. */
export function mayBatch(name: string | undefined): boolean {
  return sourcesIn(name).some((one) => overApi.includes(one))
}
