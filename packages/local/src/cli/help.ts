export const HELP = `secrets-cache-local [values.json | values.yaml | values.env] [flags] [-- command ...]

A pretended AWS account on 127.0.0.1: Secrets Manager and Parameter Store behind the AWS Parameters and Secrets
Lambda Extension's protocol (or the Secrets Manager Agent's) and behind the protocol of the AWS SDK.

The values file holds { "secrets": { name: value }, "parameters": { name: value } }. A changed file is a rotation.
With a command after --, the command runs with the environment it needs, and its exit code becomes this one's.

  --port 2773          port on 127.0.0.1; 0 = any free one
  --flavour layer      layer | agent: who answers GET requests
  --token TEXT         what they demand in X-Aws-Parameters-Secrets-Token
  --region eu-west-1   the account's region
  --json               one line of JSON when ready, for a parent process, and no request log
  --help

Faults, from the start:
  --not-ready 500ms    the layer is not ready for so long, or for so many requests (--not-ready 3)
  --deny prod/x        AccessDenied for a name, prod/*, or an action such as secretsmanager:BatchGetSecretValue
  --slow 200ms         every answer comes so much later
  --throttle 40/s      Parameter Store lets so many reads through
  --opaque             the layer fails and does not say why

The layer's own variables (SECRETS_MANAGER_TTL, SSM_PARAMETER_STORE_TTL, ...) are taken from the environment.
`
