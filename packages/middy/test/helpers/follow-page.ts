import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from '@jest/globals'
import type { UserProject } from './user-project.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/**
 * Does what a page says, in its order, and compares what it shows.
 * `ts` and `yaml` blocks are files, named in their first line: a test file grows, another is replaced. `json` blocks are
 * named by the line before them. `sh` blocks are run, their lines `changed`; `text` blocks are what the last one prints,
 * numbers of milliseconds apart.
 */
export async function followPage(
  project: Pick<UserProject, 'folder' | 'write' | 'execute'>,
  page: string,
  folder: string,
  changed: (line: string) => string = inOurProject,
): Promise<number> {
  await project.write(`${folder}/package.json`, '{ "type": "module" }')
  const text = await readFile(join(root, page), 'utf8')
  const steps = [
    ...text.matchAll(
      /(?:`(?<file>[\w.]+)`:\n\n)?```(?<kind>json|sh|text|ts|yaml)\n(?<block>.*?)```|`(?<command>[^`\n]+)` now says `(?<words>[^`]+)`/gs,
    ),
  ]
  const files = new Map<string, string>()
  let cwd = join(project.folder, folder)
  let command = ''
  const env = { INSTALLED: join(project.folder, 'node_modules') }

  const shell = async (lines: string) => {
    const script = `set -e\n${lines.split('\n').map(changed).join('\n')}\necho "cwd:$PWD"`
    const { stdout, stderr } = await project
      .execute('sh', ['-c', script], { cwd, env })
      .catch((error) => error)
    cwd = /^cwd:(.*)$/m.exec(stdout)?.[1] ?? cwd
    return `${stdout}${stderr}`
  }

  const expectToSay = async (block: string) => {
    const said = withoutTimes(await shell(command))
    for (const line of withoutTimes(block).split('\n')) expect(said).toContain(line)
    expect(said).not.toMatch(/^✖/m)
  }

  for (const { groups = {} } of steps) {
    const { kind, block = '', file, command: inline = '', words } = groups
    if (words !== undefined) expect(await shell(inline)).toContain(words)
    else if (kind === 'sh') {
      command = block
      // What prints something is run for the block that shows it.
      if (!/^(npx|node) /.test(command)) expect(await shell(command)).toContain('cwd:')
    } else if (kind === 'text') await expectToSay(block)
    else {
      const name = file ?? /^(?:\/\/|#) (\S+)\n/.exec(block)?.[1]
      if (name === undefined) throw new Error(`${page}: a block of ${kind} without the name of its file`)
      const content = name.includes('.test.') ? `${files.get(name) ?? ''}${block}\n` : block
      files.set(name, content)
      await mkdir(dirname(join(cwd, name)), { recursive: true })
      await writeFile(join(cwd, name), content)
    }
  }
  return steps.length
}

/** Instead of an installation it checks that the packages are there; instead of npx it calls the program. */
const inOurProject = (line: string): string => {
  if (line.startsWith('npm install'))
    return packagesIn(line)
      .map((name) => `test -d "$INSTALLED/${name}"`)
      .join(' && ')
  return line
    .replace('npx @secrets-cache/local', 'secrets-cache-local')
    .replace('npx @secrets-cache/cli', 'secrets-cache')
    .replace('node --test', 'node --test --test-reporter=spec')
}

const packagesIn = (line: string): readonly string[] =>
  line.split(' ').filter((word) => !word.startsWith('-') && word !== 'npm' && word !== 'install')

/** Times differ from run to run; where a line wraps may differ with them. */
const withoutTimes = (text: string): string =>
  text.replaceAll(/ +\+?[\d.]+ ms/g, ' N ms').replaceAll(/ \(?[\d.]+ms\)?/g, '')
