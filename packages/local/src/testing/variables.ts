/** What would lead a function past the stand-in, or say other TTLs than it has. */
const MISLEADING =
  /^(AWS_(PROFILE|ENDPOINT_URL.*|IGNORE_CONFIGURED_ENDPOINT_URLS|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_.*)|PARAMETERS_SECRETS_EXTENSION_.*|(SECRETS_MANAGER|SSM_PARAMETER_STORE)_(TTL|TIMEOUT_MILLIS))$/

type Variables = Readonly<Record<string, string | undefined>>

/** These variables without those that lead elsewhere, and with those of a stand-in. */
export const variablesFor = (given: Variables, standIn: Readonly<Record<string, string>>): Variables => ({
  ...Object.fromEntries(Object.entries(given).filter(([name]) => !MISLEADING.test(name))),
  ...standIn,
})

/** Which of these lead elsewhere. */
export const misleadingIn = (given: Variables): readonly string[] =>
  Object.keys(given).filter((name) => MISLEADING.test(name))

/** Makes `process.env` exactly this. The object stays the same: others may hold it. */
export const setVariables = (wanted: Variables): void => {
  for (const name of Object.keys(process.env)) if (wanted[name] === undefined) delete process.env[name]
  Object.assign(process.env, wanted)
}
