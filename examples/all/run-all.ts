// Runs every example and prints a line for each. `npm run examples -- --packed`: from the packed packages.
import { execFile } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { parseArgs, promisify } from 'node:util'
import { type Example, findExamples } from './examples.ts'
import { copyPacked } from './packed.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { packed: { type: 'boolean', default: false } },
})
const run = promisify(execFile)

/** Of the load test a part; all of it takes as long as one wants. */
const some = ['layer, TTL 0', 'layer, TTL 300', '15 values, sdk(), batched']
const given: Record<string, readonly string[]> = {
  'load-test': ['--seconds', '6', '--speed', '4', ...some.flatMap((name) => ['--only', name])],
}

const wanted = findExamples().filter(({ name }) => positionals.length === 0 || positionals.includes(name))
await using copies = values.packed ? await copyPacked(wanted) : undefined
const conditions = values.packed ? [] : ['--conditions=@secrets-cache/source']
const width = Math.max(...wanted.map(({ name }) => name.length))
for (const example of wanted) await show(example)

async function show({ name, folder, description }: Example): Promise<void> {
  const start = performance.now()
  const line = (word: string) => {
    const seconds = ((performance.now() - start) / 1_000).toFixed(1)
    console.log(`${word}  ${name.padEnd(width)}  ${seconds.padStart(5)} s  ${description}`)
  }
  try {
    await run(process.execPath, [...conditions, 'run.ts', ...(given[name] ?? [])], {
      cwd: copies?.folderOf(name) ?? folder,
      timeout: 120_000,
    })
    line('ok    ')
  } catch (error) {
    line('FAILED')
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    console.log(`${stdout}\n${stderr}`)
    process.exitCode = 1
  }
}
