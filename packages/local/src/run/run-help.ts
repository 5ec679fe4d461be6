import { flagLines } from '../cli/help.ts'

const FLAGS = [
  ['--handler src/index.handler', 'file and export, as Lambda has it'],
  ['--event FILE | JSON', 'default: event.json in the folder, else {}'],
  ['--values FILE', 'default: values.json, .yaml, .yml or .env in the folder'],
  ['--times 1', 'invocations; all but the first are warm'],
  ['--timeout 3s', "the function's time-out"],
  [
    '--watch',
    'again at each change of the code (cold), of the event, of the values (a rotation), and at Enter; f and Enter forgets what is cached',
  ],
  ['--ttl 300', 'seconds that the layer or the agent keeps a value'],
  ['--flavour layer', 'layer | agent'],
  ['--json', 'a line of JSON for INIT and for each invocation'],
  ['--version', ''],
  ['--help', ''],
]

export const RUN_HELP = `secrets-cache-local run [folder | file] [flags]

Runs a Lambda function as Lambda does: a process of its own with the flags of
Lambda's Node.js runtimes, INIT while the layer is not ready yet, then the
event; frozen (SIGSTOP) between invocations. Beside it the stand-in of AWS.
Shows the answer, times and what the cache did.

The folder is /var/task: a package.json above it does not count. The handler is
in the first of index, handler, lambda, main or app (.mjs .js .cjs .mts .ts
.cts) that exports one, in the folder, its src or its dist. Node strips the
types of TypeScript; what it cannot run (tsconfig paths, JSX, decorators) is
bundled first, as for AWS. The AWS SDK, which Lambda brings, is that of the
project or one that is found from this package.

${flagLines(FLAGS)}

Faults: --not-ready 500ms --deny prod/x --slow 200ms --throttle 40/s --opaque
(secrets-cache-local --help says what they do; --not-ready counts from the end
of INIT).

The exit code is 1 when INIT or an invocation failed.
`
