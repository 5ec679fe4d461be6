import { flagLines } from '@secrets-cache/local/internal'
import { RUN_FLAGS } from './run-arguments.ts'

/** The help of `run`, which was called by `name`. */
export const runHelp = (name: string): string => `\
${name} [folder | file] [flags]

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

${flagLines(RUN_FLAGS)}

Faults: --not-ready 500ms --deny prod/x --slow 200ms --throttle 40/s --opaque
(${standInOf(name)} --help says what they do; --not-ready counts from the end
of INIT).

The exit code is 1 when INIT or an invocation failed.
`

/** The stand-in's program, whose help explains the faults. */
const standInOf = (name: string): string =>
  name.startsWith('secrets-cache-local') ? 'secrets-cache-local' : 'secrets-cache local'
