import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { type Local, startLocal } from '../../../src/index.ts'
import { tokenOf } from '../ask-page.ts'
import { startBrowser } from './open-browser.ts'

const CANARY = 'canary-in-a-browser'

// Each runs in a real page of another origin; it even knows the token, and must not get anywhere.
describe.each([
  ['a port of this machine', (port: number) => `http://127.0.0.1:${port}/`],
  ['another site', (port: number) => `http://evil.example:${port}/`],
])('a page of %s', (_, addressOf) => {
  let browser: Browser
  let server: Server
  let local: Local
  let page: Page
  let token: string

  beforeAll(async () => {
    browser = await startBrowser(['--host-resolver-rules=MAP *.example 127.0.0.1'])
    server = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>evil</title>'),
    ).listen(0, '127.0.0.1')
    await once(server, 'listening')
    local = await startLocal({ secrets: { a: CANARY } })
    token = tokenOf(local)
    page = await (await browser.newContext()).newPage()
    await page.goto(addressOf((server.address() as AddressInfo).port))
  })
  afterAll(async () => {
    await browser.close()
    await local.close()
    server.close()
  })

  /** Runs in the page; each call takes text, so that nothing of Node's types is needed there. */
  const run = (code: string): Promise<unknown> =>
    page.evaluate(`(async () => { const url = '${local.url}'; const token = '${token}'; ${code} })()`)
  const untouched = () => {
    expect([...local.account.secrets.get('a').versions.values()].map(({ value }) => value)).toEqual([CANARY])
    expect(local.account.secrets.list()).toHaveLength(1)
  }

  it.each(['/_local/', '/_local/page.js', '/_local/page/events', '/secretsmanager/get?secretId=a'])(
    'cannot read %s',
    async (path) => {
      for (const headers of [
        '{}',
        "{ 'x-secrets-cache-page': token }",
        "{ 'x-aws-parameters-secrets-token': 'local-session-token' }",
      ])
        expect(
          await run(
            `return fetch(url + '${path}', { headers: ${headers} }).then(() => 'read', () => 'failed')`,
          ),
        ).toBe('failed')
      expect(
        await run(`const r = await fetch(url + '${path}', { mode: 'no-cors' }).catch(() => undefined)
          return r ? r.type + r.status + (await r.text()) : 'failed'`),
      ).toMatch(/^(opaque0|failed)$/)
    },
  )

  it('cannot send a command, with or without a preflight', async () => {
    const body = `JSON.stringify({ kind: 'secret', name: 'a', text: 'evil' })`
    for (const path of ['page/rotate', 'rotate'])
      for (const given of [
        `{ method: 'POST', mode: 'no-cors', body: ${body} }`,
        `{ method: 'POST', body: ${body}, headers: { 'content-type': 'application/json' } }`,
        `{ method: 'POST', body: ${body}, headers: { 'content-type': 'application/json', 'x-secrets-cache-page': token } }`,
      ])
        await run(`await fetch(url + '/_local/${path}', ${given}).catch(() => {})`)
    untouched()
  })

  it('cannot send a form', async () => {
    const [popup] = await Promise.all([
      page.context().waitForEvent('page'),
      run(`const form = document.createElement('form')
        form.method = 'POST'; form.target = '_blank'; form.enctype = 'text/plain'
        form.action = url + '/_local/page/rotate'
        const field = document.createElement('input'); field.name = '{"kind":"secret","name":"a","text":"'; field.value = '"}'
        form.append(field); document.body.append(form); form.submit()`),
    ])
    await popup.waitForLoadState()
    expect(await popup.textContent('body')).toContain(
      'Refused: this stand-in does not answer web pages of another origin.',
    )
    await popup.close()
    untouched()
  })

  it('cannot frame it, nor load it as a script, style or picture', async () => {
    expect(
      await run(`const frame = document.createElement('iframe')
        frame.src = url + '/_local/#token=' + token
        const loaded = new Promise((resolve) => { frame.onload = resolve })
        document.body.append(frame); await loaded
        try { return frame.contentDocument ? 'blank' : 'other origin' } catch { return 'other origin' }`),
    ).toMatch(/blank|other origin/)
    for (const frame of page.frames().slice(1)) {
      const text = await frame.textContent('body').catch(() => '')
      expect(text).not.toContain('Account')
    }
    for (const [tag, member, path] of [
      ['script', 'src', 'page.js'],
      ['img', 'src', 'icon.svg'],
      ['link', 'href', 'page.css'],
    ])
      expect(
        await run(`const element = document.createElement('${tag}')
          const ended = new Promise((resolve) => { element.onload = () => resolve('loaded'); element.onerror = () => resolve('failed') })
          element.rel = 'stylesheet'; element.${member} = url + '/_local/${path}'
          document.body.append(element); return ended`),
      ).toBe('failed')
  })

  it('cannot keep a hand on a window that it opens', async () => {
    const [popup] = await Promise.all([
      page.context().waitForEvent('page'),
      run(`window.opened = window.open(url + '/_local/#token=' + token)`),
    ])
    await popup.getByText('Connected').waitFor()
    await page.waitForFunction('window.opened.closed')
    expect(await run('try { return window.opened.length } catch { return "failed" }')).toBe(0)
    expect(await popup.evaluate('window.opener')).toBeNull()
    await popup.close()
  })

  it('cannot bind its own name to this machine', async () => {
    const rebound = await (await browser.newContext()).newPage()
    const answer = await rebound.goto(`http://rebound.example:${local.port}/_local/#token=${token}`)
    expect(answer?.status()).toBe(403)
    expect(await rebound.textContent('body')).toContain(
      'this stand-in answers to 127.0.0.1, localhost and [::1] only',
    )
    for (const [path, method] of [
      ['/_local/page/rotate', 'POST'],
      ['/_local/calls', 'POST'],
      ['/secretsmanager/get?secretId=a', 'GET'],
      ['/', 'POST'],
    ])
      expect(
        await rebound.evaluate(`fetch('${path}', { method: '${method}', headers: {
          'x-secrets-cache-page': '${token}', 'content-type': 'application/json',
          'x-aws-parameters-secrets-token': 'local-session-token', 'x-amz-target': 'secretsmanager.ListSecrets' } })
          .then(async (r) => r.status + ' ' + (await r.text()).includes('${CANARY}'))`),
      ).toBe('403 false')
    untouched()
  })
})
