import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { examplesFolder, findExamples } from './examples.ts'
import { copyExample } from './packed.ts'

// `secrets-cache check --template` over copies of the examples, as they are and with faults.
jest.setTimeout(300_000)

const cli = join(examplesFolder, '../packages/cli/src/cli.ts')
const flags = ['--conditions=@secrets-cache/source', '--disable-warning=ExperimentalWarning', cli]
const deployable = findExamples().filter(({ folder }) => existsSync(join(folder, 'template.yaml')))

let place: string
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'secrets-cache-check-'))
})
afterAll(() => rm(place, { recursive: true, force: true }))

interface Finding {
  readonly check: string
  readonly severity: string
  readonly message: string
}

/** Each as `check: message`; an exit status of 1 comes with findings alone. */
async function findingsIn(folder: string): Promise<readonly string[]> {
  const given = ['check', '--template', join(folder, 'template.yaml'), '--timeout', '60s', '--json']
  const { status, stdout } = await new Promise<{ status: number; stdout: string }>((resolve) =>
    execFile(process.execPath, [...flags, ...given], (error, out) =>
      resolve({ status: error ? Number(error.code) : 0, stdout: out }),
    ),
  )
  const { findings } = JSON.parse(stdout) as { findings: readonly Finding[] }
  const found = findings.filter(({ severity }) => severity === 'finding')
  expect(status).toBe(found.length > 0 ? 1 : 0)
  return found.map(({ check, message }) => `${check}: ${message}`).sort()
}

/** A fault in a template, and what is found of it. */
const faults = [
  { from: /Timeout: \d+/, to: 'Timeout: 1', found: /^time: .*nothing is left for the handler/ },
  { from: 'arm64/latest', to: 'x86/latest', found: /^layer: the layer is that for x86_64/ },
  {
    from: 'Action: secretsmanager:GetSecretValue',
    to: 'Action: secretsmanager:DescribeSecret',
    found: /^role: the role does not allow secretsmanager:GetSecretValue/,
  },
]

describe.each(deployable)('a copy of $name', ({ name, folder }) => {
  let copy: string
  let template: string
  beforeAll(async () => {
    copy = join(place, name)
    await copyExample(folder, copy)
    await symlink(join(folder, 'node_modules'), join(copy, 'node_modules'))
    template = await readFile(join(copy, 'template.yaml'), 'utf8')
  })

  it('has nothing to mend', async () => {
    expect(await findingsIn(copy)).toEqual([])
  })

  it('has the faults found that are planted in it, and nothing else', async () => {
    const planted = faults.filter(({ from }) => template.search(from) >= 0)
    expect(planted.length).toBeGreaterThan(1)
    const broken = planted.reduce((text, { from, to }) => text.replace(from, to), template)
    await writeFile(join(copy, 'template.yaml'), broken)
    const found = await findingsIn(copy)
    for (const { found: wanted } of planted) expect(found).toContainEqual(expect.stringMatching(wanted))
    expect(found.filter((text) => !planted.some(({ found: wanted }) => wanted.test(text)))).toEqual([])
  })
})
