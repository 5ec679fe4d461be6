// `npm run examples`: runs every example, or those named, and prints a line for each.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readCommand } from '../../.ci/command.ts'
import { createProgress } from '../../.ci/progress.ts'
import { createCopies, isThere, type Step, steps, takeStep } from './copied.ts'
import { type Example, findExamples } from './examples.ts'
import { copyPacked } from './packed.ts'

const examples = findExamples()
const { flags, words } = readCommand({
  name: 'examples',
  about:
    'Runs the examples on this machine, with no AWS account, and prints a line for each. Fails where one fails.',
  words: { what: 'example', allowed: examples.map(({ name }) => name) },
  flags: {
    packed: {
      type: 'boolean',
      help: 'type-checks and runs copies outside the repository, over the packages as npm would install them',
    },
    copied: {
      type: 'boolean',
      help: 'copies each alone, with tarballs in place of workspace:*, then installs, type-checks, tests, builds (sam) and lints it (cfn-lint)',
    },
  },
})
const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
/** The package that is built last. */
const built = join(root, 'packages/cdk/dist/index.cjs')
const progress = createProgress()

/** A part of the load test; all of it takes minutes. */
const some = ['layer, TTL 0', 'layer, TTL 300', '15 values, sdk(), batched']
const given: Record<string, readonly string[]> = {
  'load-test': ['--seconds', '6', '--speed', '4', ...some.flatMap((name) => ['--only', name])],
}

const wanted = examples.filter(({ name }) => words.length === 0 || words.includes(name))
const width = Math.max(...wanted.map(({ name }) => name.length))
if (flags.copied) await tryCopies()
else await runAll()

async function runAll(): Promise<void> {
  // The CDK bundles the packages as they are built, and a tarball has what is built.
  if (flags.packed || wanted.some(({ name }) => name === 'cdk')) await buildIfMissing()
  if (flags.packed) progress.say('packing and installing the packages')
  await using copies = flags.packed ? await copyPacked(wanted) : undefined
  for (const [index, example] of wanted.entries()) {
    progress.say(`${index + 1} of ${wanted.length}, ${example.name}`)
    await show(example, () => runExample(example, copies?.folderOf(example.name)))
  }
}

async function runExample({ name, folder, description }: Example, copy: string | undefined): Promise<string> {
  const cwd = copy ?? folder
  if (copy !== undefined) await run('node_modules/.bin/tsc', ['-p', '.'], { cwd })
  const conditions = copy === undefined ? ['--conditions=@secrets-cache/source'] : []
  await run(process.execPath, [...conditions, 'run.ts', ...(given[name] ?? [])], { cwd, timeout: 120_000 })
  return description
}

async function buildIfMissing(): Promise<void> {
  if (existsSync(built)) return
  progress.say('building the packages')
  await run('pnpm', ['run', 'build'], { cwd: root })
}

async function tryCopies(): Promise<void> {
  await buildIfMissing()
  progress.say('packing the packages')
  await using copies = await createCopies(wanted)
  const absent = new Set<Step>()
  for (const step of steps) if (!(await isThere(step))) absent.add(step)
  for (const [index, example] of wanted.entries()) {
    await show(example, async () => {
      const folder = await copies.copy(example)
      const done: string[] = []
      for (const step of steps.filter((each) => each.isFor(folder) && !absent.has(each))) {
        progress.say(`${index + 1} of ${wanted.length}, ${example.name}: ${[...done, '...'].join(', ')}`)
        await takeStep(step, folder)
        done.push(step.done)
      }
      return done.join(', ')
    })
  }
  for (const { done, program, install } of absent) {
    console.log(`None was ${done}: there is no ${program} here (${install}).`)
  }
}

/** A line for an example: how it went, and what is to be said of it. */
async function show({ name }: Example, go: () => Promise<string>): Promise<void> {
  const start = performance.now()
  const line = (word: string, said: string) => {
    progress.end()
    const seconds = ((performance.now() - start) / 1_000).toFixed(1)
    console.log(`${word}  ${name.padEnd(width)}  ${seconds.padStart(5)} s  ${said}`)
  }
  try {
    line('ok    ', await go())
  } catch (error) {
    const { stdout, stderr, cmd, message } = error as Record<string, string>
    line('FAILED', cmd ?? message ?? '')
    console.log(`${stdout}\n${stderr}`)
    process.exitCode = 1
  }
}
