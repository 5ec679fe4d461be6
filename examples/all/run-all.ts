// `npm run examples`: runs every example, or those named, and prints a line for each.
import { execFile } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { readCommand } from '../../.ci/command.ts'
import { createProgress } from '../../.ci/progress.ts'
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
  },
})
const run = promisify(execFile)
const progress = createProgress()

/** A part of the load test; all of it takes minutes. */
const some = ['layer, TTL 0', 'layer, TTL 300', '15 values, sdk(), batched']
const given: Record<string, readonly string[]> = {
  'load-test': ['--seconds', '6', '--speed', '4', ...some.flatMap((name) => ['--only', name])],
}

const wanted = examples.filter(({ name }) => words.length === 0 || words.includes(name))
if (flags.packed) progress.say('packing and installing the packages')
await using copies = flags.packed ? await copyPacked(wanted) : undefined
const width = Math.max(...wanted.map(({ name }) => name.length))
for (const [index, example] of wanted.entries()) {
  progress.say(`${index + 1} of ${wanted.length}, ${example.name}`)
  await show(example)
}

async function show({ name, folder, description }: Example): Promise<void> {
  const start = performance.now()
  const line = (word: string) => {
    progress.end()
    const seconds = ((performance.now() - start) / 1_000).toFixed(1)
    console.log(`${word}  ${name.padEnd(width)}  ${seconds.padStart(5)} s  ${description}`)
  }
  try {
    const cwd = copies?.folderOf(name) ?? folder
    if (copies) await run('node_modules/.bin/tsc', ['-p', '.'], { cwd })
    const conditions = copies ? [] : ['--conditions=@secrets-cache/source']
    await run(process.execPath, [...conditions, 'run.ts', ...(given[name] ?? [])], { cwd, timeout: 120_000 })
    line('ok    ')
  } catch (error) {
    line('FAILED')
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    console.log(`${stdout}\n${stderr}`)
    process.exitCode = 1
  }
}
