// Every combination that users have, each in an empty project with our tarballs: `npm run test:matrix`.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createUserProject, packInto, type UserProject } from '../test/helpers/user-project.ts'
import { bundlers } from './bundlers.ts'
import { declarationFiles, resolutions } from './declaration-files.ts'
import { middyVersions } from './middy-versions.ts'
import { compilers, runners } from './runners.ts'

/** A project to install, and what must work in it. */
export interface Group {
  readonly name: string
  readonly install: readonly string[]
  /** @default 'npm' */
  readonly manager?: 'npm' | 'pnpm'
  readonly prepare?: (project: UserProject) => Promise<void>
  /** Each rejects with what is wrong. */
  readonly rows: Readonly<Record<string, (project: UserProject) => Promise<unknown>>>
}

const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-tarballs-'))
let failures = 0
try {
  const tarballs = await packInto(folder)
  const groups = [...middyVersions, bundlers, compilers, resolutions, ...declarationFiles, runners]
  // `npm run test:matrix -- bundled` runs those whose name holds the word.
  const [, , word = ''] = process.argv
  for (const group of groups) if (group.name.includes(word)) await runGroup(group, tarballs)
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
      console.log(`${error ? 'FAILS' : 'works'}  ${name}: ${row}`)
      if (!error) continue
      failures++
      console.log([error.message, error.stdout, error.stderr].filter(Boolean).join('\n'))
    }
  } finally {
    await project.remove()
  }
}
