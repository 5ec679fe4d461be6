import { columns } from '../columns.ts'
import { PAGE_HELP } from './page-flags.ts'

/** The width of a small terminal. */
const WIDTH = 80

const FLAGS = [
  ['--port 2773', 'port on 127.0.0.1; 0 = any free one'],
  ['--flavour layer', 'layer | agent: who answers GET requests'],
  ['--token TEXT', 'the token they require in X-Aws-Parameters-Secrets-Token'],
  ['--region eu-west-1', "the account's region"],
  ['--ttl 300', 'seconds that the layer or the agent keeps a value; 0 = it asks AWS each time'],
  ['--json', 'one line of JSON when ready, for a parent process, and no request log'],
  ...PAGE_HELP,
  ['--version', ''],
  ['--help', ''],
]

const FAULTS = [
  ['--not-ready 500ms', 'the layer is not ready for this time, or for a number of requests (--not-ready 3)'],
  [
    '--deny prod/x',
    'AccessDenied for a name, for prod/*, or for an action (ssm:GetParameter); may be repeated',
  ],
  ['--slow 200ms', 'every answer is delayed by this time'],
  ['--throttle 40/s', 'Parameter Store allows this many reads a second'],
  ['--opaque', 'the layer fails without a reason'],
]

export const HELP = `secrets-cache-local [values file] [flags] [-- command ...]
secrets-cache-local run [function folder] [flags]   (run --help says more)

A simulated AWS account on 127.0.0.1: Secrets Manager and Parameter Store over
the protocol of the AWS Parameters and Secrets Lambda Extension (or the Secrets
Manager Agent), and over the protocol of the AWS SDK.

The values file (.json, .yaml, .env) holds { "secrets": { name: value },
"parameters": { ... } }; saving it is a rotation. Without one, values.json,
.yaml, .yml or .env in the current folder is used if it is there. With a command
after --, the command runs with the environment it needs, and its exit code is
passed on. Without, the variables are printed for you to export.

${flagLines(FLAGS)}

Faults, from the start:
${flagLines(FAULTS)}

The layer's own variables (SECRETS_MANAGER_TTL, SSM_PARAMETER_STORE_TTL, ...)
are taken from the environment.
`

/** Flags and what they do, aligned. */
export function flagLines(flags: readonly (readonly string[])[]): string {
  return columns(flags, { width: WIDTH, indent: 2, least: [19] }).join('\n')
}
