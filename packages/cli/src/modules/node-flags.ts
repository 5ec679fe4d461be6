/** What Node needs to run TypeScript, and what else is wanted, for a process in which a handler is loaded. */
export const nodeFlags = (more: readonly string[] = []): readonly string[] => {
  // Enums and parameter properties need the second one.
  const wanted = [
    '--enable-source-maps',
    '--experimental-transform-types',
    '--disable-warning=ExperimentalWarning',
    ...more,
  ]
  // Other versions of Node may not have all of these flags.
  return [
    ...process.execArgv,
    ...wanted.filter((flag) => process.allowedNodeEnvironmentFlags.has(flag.split('=')[0] ?? '')),
  ]
}
