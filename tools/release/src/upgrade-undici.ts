// `npm run upgrade:undici`: takes the newest undici into packages/extension, which bundles a thin copy of it, and says
// whether it builds and passes. It changes files only; the workflow of the same name opens a pull request with them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { readCommand } from '../../../.ci/command.ts'
import { root } from './published.ts'
import { pnpm, run } from './run.ts'

const { flags } = readCommand({
  name: 'upgrade:undici',
  about: 'Takes a newer undici into packages/extension, builds it and runs its tests.',
  flags: {
    to: { type: 'string', help: 'a version of undici; the newest where none is given', default: '' },
    report: { type: 'string', help: 'a file for what was found', default: 'out/upgrade.md' },
  },
})

const manifest = `${root}packages/extension/package.json`
const current = versionIn(manifest)
const wanted = flags.to || (await run('npm', ['view', 'undici', 'version'], { folder: root })).trim()
if (!/^\d+\.\d+\.\d+$/.test(wanted)) {
  console.error(`--to is "${wanted}"; it is a released version of undici, like ${current}`)
  process.exit(2)
}
if (wanted === current) console.error(`packages/extension has undici ${current} already.`)
else await upgrade()

async function upgrade(): Promise<void> {
  for (const [file, before, after] of [
    [manifest, `"undici": "${current}"`, `"undici": "${wanted}"`],
    [`${root}packages/extension/THIRD-PARTY-NOTICES.md`, `## undici ${current} `, `## undici ${wanted} `],
  ] as const)
    replaceIn(file, before, after)
  writeFileSync(
    `${root}.changeset/undici-${wanted.replaceAll('.', '-')}.md`,
    `---\n'@secrets-cache/extension': patch\n---\n\nThe bundled undici is ${wanted}.\n`,
  )
  await pnpm(['install', '--no-frozen-lockfile'], root)
  const steps = {
    'it builds (each edit of the thin copy finds what it edits)': ['run', 'build'],
    'the tests of the extension pass, on its sources and on what is built': [
      'run',
      'jest',
      'packages/extension',
    ],
    'licences are on the list': ['run', 'licenses'],
  }
  const lines: string[] = []
  for (const [what, given] of Object.entries(steps)) {
    const failure = await pnpm(given, root).then(
      () => undefined,
      (error: Error) => error.message,
    )
    lines.push(`- [${failure === undefined ? 'x' : ' '}] ${what}`)
    if (failure !== undefined)
      lines.push(
        '',
        '  ```',
        ...failure
          .split('\n')
          .slice(-40)
          .map((line) => `  ${line}`),
        '  ```',
      )
    // What is built on something that fails says nothing.
    if (failure !== undefined) break
  }
  const report = resolve(root, flags.report)
  mkdirSync(dirname(report), { recursive: true })
  writeFileSync(report, [...introduction(), ...lines, ''].join('\n'))
  // The workflow reads this line; people read the report.
  console.log(`version=${wanted}`)
}

function introduction(): readonly string[] {
  return [
    `undici ${current} -> ${wanted}. Look at what changed between them in lib/dispatcher/client.js and client-h1.js, and at the`,
    'licence in THIRD-PARTY-NOTICES.md. Then merge this and the release that follows from it.',
    '',
  ]
}

function versionIn(file: string): string {
  const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies: Record<string, string> }
  return dependencies['undici'] as string
}

function replaceIn(file: string, before: string, after: string): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (!text.includes(before)) throw new Error(`${file.slice(root.length)} has no "${before}" to replace.`)
  writeFileSync(file, text.replace(before, after))
}
