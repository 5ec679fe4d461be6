// Every combination that users have, each in an empty project with our tarballs: `npm run test:matrix`.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createUserProject, packInto } from '../test/helpers/user-project.ts'
import { bundlers } from './bundlers.ts'
import { declarationFiles, resolutions } from './declaration-files.ts'
import type { Group, Result } from './group.ts'
import { managers } from './managers.ts'
import { middyVersions } from './middy-versions.ts'
import { nodes } from './nodes.ts'
import { writePage } from './page.ts'
import { compilers, runners } from './runners.ts'

const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-tarballs-'))
let failures = 0
/** What was seen, in the order of the run. */
const results: Result[] = []
try {
  const tarballs = await packInto(folder)
  const groups = [
    ...nodes,
    ...middyVersions,
    ...managers,
    bundlers,
    compilers,
    resolutions,
    ...declarationFiles,
    runners,
  ]
  // `npm run test:matrix -- bundled` runs those whose name holds the word; `-- --page` all, into docs/support.md.
  const [, , word = ''] = process.argv
  const wanted = groups.filter(({ name }) => word === '--page' || name.includes(word))
  if (wanted.length === 0)
    throw new Error(`No group has "${word}" in its name: ${groups.map(({ name }) => name).join('; ')}`)
  for (const group of wanted) await runGroup(group, tarballs)
  if (word === '--page') writePage(results)
} finally {
  await rm(folder, { recursive: true })
}
process.exitCode = failures === 0 ? 0 : 1

async function runGroup({ name, install, manager, prepare, rows }: Group, tarballs: readonly string[]) {
  const project = await createUserProject(install, tarballs, manager)
  try {
    await prepare?.(project)
    for (const [row, run] of Object.entries(rows)) {
      const error = await run(project).then(
        () => undefined,
        (failed: Error & { stdout?: string; stderr?: string }) => failed,
      )
      results.push({ group: name, row, works: !error })
      console.log(`${error ? 'FAILS' : 'works'}  ${name}: ${row}`)
      if (!error) continue
      failures++
      console.log([error.message, error.stdout, error.stderr].filter(Boolean).join('\n'))
    }
  } finally {
    await project.remove()
  }
}
