import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../../..', import.meta.url))
const source = '@secrets-cache/source'

/** The account of the handlers in `fixtures/handlers.txt` and in docs/migrating.md. */
export const values = {
  secrets: {
    'prod/orders/db': { host: 'db.internal', user: 'orders' },
    'prod/stripe/key': 'canary-key',
    'prod/tenants/7': 'seven',
  },
  parameters: {
    '/prod/orders/hosts': ['a.internal', 'b.internal'],
    '/prod/orders/flags': '{"beta":true}',
    '/prod/orders/name': 'orders',
    '/prod/orders/host': 'orders.internal',
    '/prod/orders/encoded': Buffer.from('decoded').toString('base64'),
    '/prod/orders/more/a': 'one',
    '/prod/orders/more/deep/b': 'two',
  },
}

/** What they are invoked with, one after the other in one environment. */
export const events = [{ field: 'user' }, { tenant: '7', field: 'host' }, {}]

/** The handlers in a page: the text of each, by the name in its first line. */
export async function handlersIn(page: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(root, page), 'utf8')
  const blocks = [...text.matchAll(/```(?:ts|js)\n(.*?)```/gs)].map(([, block = '']) => block)
  return new Map(blocks.map((block) => [/^\/\/ (\S+)\n/.exec(block)?.[1] ?? '', block]))
}

const runner = `
const [file, events] = process.argv.slice(2)
const loaded = await import(file)
const handler = loaded.handler ?? loaded.default.handler
const context = () => ({ functionName: 'orders', awsRequestId: 'id', getRemainingTimeInMillis: () => 30_000 })
const answers = []
for (const event of JSON.parse(events)) answers.push(await handler(event, context()))
// Middy's timers would keep it alive.
process.stdout.write(JSON.stringify(answers), () => process.exit())
`

/** A folder of a user's with the packages of both, where handlers are compiled and run. */
export async function createHandlers() {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-cache-migrate-'))
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'run.mjs'), runner)
  const compilerOptions = {
    ...{ target: 'es2024', module: 'nodenext', strict: true, noEmit: true, skipLibCheck: true },
    ...{ noUnusedLocals: true, allowImportingTsExtensions: true, resolveJsonModule: true },
    ...{ types: ['node'], typeRoots: [join(root, 'node_modules/@types')], customConditions: [source] },
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  return {
    folder,
    write: async (name: string, text: string): Promise<void> => {
      await mkdir(join(folder, name, '..'), { recursive: true })
      await writeFile(join(folder, name), text)
    },
    /** What the compiler has to say of them. Our sources, which are compiled too, have a check of their own. */
    compile: async (): Promise<readonly string[]> => {
      const tsc = join(root, 'node_modules/.bin/tsc')
      const { stdout } = await run(tsc, ['-p', '.'], { cwd: folder }).catch(
        (error: { stdout: string }) => error,
      )
      return stdout.split('\n').filter((line) => /^(before|after)\//.test(line))
    },
    /** The answers of one to all events. */
    answersOf: async (name: string, environment: Readonly<Record<string, string>>): Promise<unknown> => {
      // Middy can be imported, and cannot be required unless Node is told so.
      const conditions = [source, ...(name.endsWith('.cjs') ? ['import'] : [])].map(
        (each) => `--conditions=${each}`,
      )
      const flags = [...conditions, '--disable-warning=ExperimentalWarning']
      const given = [...flags, join(folder, 'run.mjs'), join(folder, name), JSON.stringify(events)]
      const env = { PATH: process.env['PATH'], STAGE: 'prod', DB_SECRET_ID: 'prod/orders/db', ...environment }
      const { stdout } = await run(process.execPath, given, { env })
      return JSON.parse(stdout)
    },
    remove: (): Promise<void> => rm(folder, { recursive: true, force: true }),
  }
}
