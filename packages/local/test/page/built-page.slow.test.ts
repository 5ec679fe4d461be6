import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { startCommand } from './start-command.ts'

const dist = fileURLToPath(new URL('../../dist/', import.meta.url))
const files = ['index.html', 'page.js', 'page.css', 'icon.svg']
const SLOW = 180_000

// `npm run build` makes it, which comes before the slow tests in CI.
describe('the built page', () => {
  const serve = `const local = await startLocal()
    const read = async (name) => (await fetch(local.url + '/_local/' + name)).text()
    const texts = []
    for (const name of ['', 'page.js', 'page.css', 'icon.svg']) texts.push(await read(name))
    console.log(JSON.stringify(texts))
    await local.close()`

  it.each([
    ['module', `import { startLocal } from '${dist}index.js'; ${serve}`],
    ['commonjs', `const { startLocal } = require('${dist}index.cjs'); (async () => { ${serve} })()`],
  ])(
    'is served as it lies in dist, by a %s',
    async (type, code) => {
      const run = promisify(execFile)
      const { stdout } = await run(process.execPath, [`--input-type=${type}`, '--eval', code])
      expect(JSON.parse(stdout)).toEqual(files.map((name) => readFileSync(join(dist, 'page', name), 'utf8')))
    },
    SLOW,
  )

  it('is not larger than 60 KB gzipped, and loads nothing from elsewhere', () => {
    const texts = files.map((name) => readFileSync(join(dist, 'page', name), 'utf8'))
    const bytes = texts.reduce((sum, text) => sum + gzipSync(text).byteLength, 0)
    expect(bytes).toBeLessThan(60 * 1024)
    for (const text of texts) expect(text).not.toMatch(/(src|href)="https?:|url\(["']?https?:|@import/)
  })
})

describe('the page on the command line', () => {
  it(
    'is printed with its token',
    async () => {
      await using command = await startCommand(['--port', '0'])
      const [, address] = /^# its page: (\S+)$/m.exec(await command.printed(/its page/)) ?? []
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/_local\/#token=[\w-]{22}$/)
      expect(await (await fetch(String(address))).text()).toContain('<title>secrets-cache local</title>')
    },
    SLOW,
  )

  it(
    'is left out with --no-page',
    async () => {
      await using command = await startCommand(['--port', '0', '--no-page', '--json'])
      const { url, page } = JSON.parse(await command.printed(/ready/))
      expect(page).toBeUndefined()
      expect((await fetch(`${url}/_local/`)).status).toBe(404)
    },
    SLOW,
  )

  it(
    'is opened with --open',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'local-open-'))
      const opened = join(folder, 'opened')
      const browser = join(folder, 'browser')
      await writeFile(browser, `#!/bin/sh\necho "$1" > ${opened}.new && mv ${opened}.new ${opened}\n`, {
        mode: 0o755,
      })
      try {
        await using command = await startCommand(['--port', '0', '--open', '--json'], { BROWSER: browser })
        const { page } = JSON.parse(await command.printed(/ready/))
        while (!existsSync(opened)) await new Promise((resolve) => setTimeout(resolve, 50))
        expect((await readFile(opened, 'utf8')).trim()).toBe(page)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    SLOW,
  )

  it(
    'refuses --open with --no-page',
    async () => {
      await using command = await startCommand(['--open', '--no-page'])
      expect(await command.complained(/--open/)).toContain(
        'secrets-cache-local: --open shows the page that --no-page leaves out; give one of them',
      )
    },
    SLOW,
  )
})
