import { Command } from 'commander'
import { addCheck } from './commands/check.ts'
import { addGraph } from './commands/graph.ts'
import { addList } from './commands/list.ts'
import { addMigrate } from './commands/migrate.ts'
import { addPolicy } from './commands/policy.ts'
import { addPull } from './commands/pull.ts'
import { addLocal, addRun } from './commands/running.ts'
import type { Output } from './print/output.ts'

const about = [
  'What the Lambda functions of a repository declare with secrets-cache, and what follows from it. Handlers are imported, each in a process of its own; nothing is fetched to read what they declare, and no value is ever printed.',
  "A function is a file, a folder with a handler (index, handler, lambda, main or app, in it, its src or its dist), or a pattern of both, such as 'functions/*'. Without any they are functions/*, src/functions/*, packages/functions/*, services/* and lambdas/*, or this folder. With --template they are those of a CloudFormation or SAM template, with its variables alone.",
  "TypeScript runs as Node strips it; what needs path aliases or JSX is bundled first, by the project's esbuild.",
].join('\n\n')

const after = `
Examples:
  secrets-cache list 'functions/*' --env STAGE=prod
  secrets-cache policy functions/api --format sam
  secrets-cache graph prod/orders/db --env STAGE=prod
  secrets-cache check --template template.yaml
  secrets-cache check --env-file .env.staging --role arn:aws:iam::1:role/api
  secrets-cache pull --redacted -o values.json
  secrets-cache run functions/api --watch
  secrets-cache local values.json -- npm run dev
  secrets-cache migrate 'src/**/*.ts'

Exit status: 0 all is well, 1 there is something to mend, 2 the command line is
wrong.`

/** The commands, which write to `output`. */
export function createProgram(version: string, output: Output): Command {
  const program = new Command('secrets-cache')
    .description(about)
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this, or the help of a command')
    .addHelpText('after', after)
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ helpWidth: 80, sortSubcommands: false })
    .configureOutput({
      writeOut: (text) => output.line(text.trimEnd()),
      writeErr: (text) => output.aside(text.trimEnd()),
    })
  const commands = [addList, addPolicy, addGraph, addCheck, addPull, addMigrate, addRun, addLocal]
  for (const add of commands) add(program, output)
  return program
}
