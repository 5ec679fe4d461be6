// Runs the one-key property against a copy of the engine for each fault, and prints by how many sequences, and by
// which invariant, each was found. All in one process: a copy costs the import of a folder.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { drain, outsideMicrotasks } from './drain.ts'
import { type Fault, faults } from './faults.ts'
import { makeLean } from './lean.ts'
import { newStatistics, runOneKey } from './one-key.ts'
import { sequences } from './sequences.ts'
import { engineIn, sources } from './under-test.ts'

const [, , runs, seed] = process.argv
makeLean()
// A sequence that ends where a fault shows leaves calls behind that nobody waits for any more.
process.on('unhandledRejection', () => {})
const folder = mkdtempSync(join(tmpdir(), 'engine-faults-'))

/** A copy of the sources with one fault in it. */
function faultyCopy({ file, line, faulty }: Fault, index: number): URL {
  const copy = join(folder, `src-${index}`)
  cpSync(sources, copy, { recursive: true })
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  const places = text.split(line).length - 1
  if (places !== 1) throw new Error(`${file} has ${places} times: ${line}`)
  writeFileSync(
    path,
    text.replace(line, () => faulty),
  )
  return pathToFileURL(`${copy}/`)
}

/** The first invariant that a faulty engine breaks. */
async function find(fault: Fault, index: number) {
  const copy = faultyCopy(fault, index)
  if (fault.by === 'view')
    return { name: fault.name, isFound: !(await viewsAreCurrent(copy)), after: 1, by: fault.by }
  const engine = await engineIn(copy)
  const statistics = newStatistics()
  const property = fc.property(sequences, (sequence) => runOneKey(engine, sequence, drain, statistics))
  const { failed, numRuns, errorInstance } = await outsideMicrotasks(() =>
    fc.check(property, { numRuns: Number(runs), seed: Number(seed), endOnFailure: true }),
  )
  return { name: fault.name, isFound: failed, after: numRuns, by: String(errorInstance) }
}

/** Whether a view is made anew after a refresh, also after one that came while the view was waiting to be made. */
async function viewsAreCurrent(copy: URL): Promise<boolean> {
  const load = (file: string) => import(new URL(file, copy).href)
  const [{ createSecrets }, { createCache, fakeClock, scriptedSource }] = await Promise.all(
    ['create-secrets.ts', 'testing/index.ts'].map(load),
  )
  const clock = fakeClock()
  const source = scriptedSource()
  const secrets = { a: 'a', b: 'b' }
  const reader = createSecrets({
    source,
    secrets,
    prefetch: false,
    cache: createCache({ clock, random: () => 0 }),
  })
  const answer = async (question: number, value: string) => {
    source.questions[question].answer({ ok: true, value })
    await new Promise((resolve) => setImmediate(resolve))
  }
  const shown = async () => (await reader.read()).secrets.a

  void reader.read()
  await answer(0, 'first')
  await answer(1, 'first')
  await reader.read()
  clock.advance(100_000)
  void reader.refresh('a')
  await answer(2, 'second')
  if ((await shown()) !== 'second') return false
  clock.advance(200_000)
  const reading = reader.read()
  void reader.refresh('a')
  await answer(4, 'third')
  await answer(3, 'second')
  await reading
  return (await shown()) === 'third'
}

try {
  const found = []
  for (const [index, fault] of faults.entries()) found.push(await find(fault, index))
  console.log(JSON.stringify(found))
} finally {
  rmSync(folder, { recursive: true })
}
