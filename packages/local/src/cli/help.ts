/** The name of this package's own program; `secrets-cache local` is the same. */
export const OLD_NAME = 'secrets-cache-local'

/** How it is used, in a few lines. */
export const usageOf = (name: string): string =>
  [
    `usage: ${name} [values file] [flags] [-- command ...]`,
    ...(name === OLD_NAME ? [`       ${name} run [function folder] [flags]`] : []),
    `       ${name} --help | --version`,
  ].join('\n')

/** The help, around the lines of the flags. */
export const helpOf = (name: string, flags: string, faults: string): string => `\
${name} [values file] [flags] [-- command ...]
${name === OLD_NAME ? `${name} run [function folder] [flags]   (run --help says more)\n` : ''}
A simulated AWS account on 127.0.0.1: Secrets Manager and Parameter Store over
the protocol of the AWS Parameters and Secrets Lambda Extension (or the Secrets
Manager Agent), and over the protocol of the AWS SDK.

The values file (.json, .yaml, .env) holds { "secrets": { name: value },
"parameters": { ... } }; saving it is a rotation. Without one, values.json,
.yaml, .yml or .env in the current folder, or in the nearest one above it within
the repository, is used if it is there. With a command after --, the command
runs with the environment it needs, and its exit code is passed on. Without, the
variables are printed for you to export.

${flags}

Faults, from the start:
${faults}

The layer's own variables (SECRETS_MANAGER_TTL, SSM_PARAMETER_STORE_TTL, ...)
are taken from the environment.
`
