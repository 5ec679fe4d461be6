import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Local, startLocal } from '../../src/index.ts'
import { ask } from '../ask.ts'
import { askPage, tokenOf } from './ask-page.ts'

const CANARY = 'canary-of-the-page'

describe('who may use the page', () => {
  let local: Local
  beforeEach(async () => {
    local = await startLocal({ secrets: { a: CANARY } })
  })
  afterEach(() => local.close())

  const value = (headers: Record<string, string>) =>
    askPage(local, 'value', { kind: 'secret', name: 'a', version: versionOf() }, headers)
  const versionOf = () => [...local.account.secrets.get('a').versions.keys()][0]

  it('shows a value to who has the token, and to nobody else', async () => {
    expect((await value({})).text).toContain(CANARY)
    for (const token of ['', 'x', `${tokenOf(local)}x`, tokenOf(local).slice(1), 'local-session-token']) {
      const { status, text } = await value({ 'x-secrets-cache-page': token })
      expect([token, status]).toEqual([token, 401])
      expect(text).not.toContain(CANARY)
    }
    const { status } = await ask(local.url, '/_local/page/events')
    expect(status).toBe(401)
  })

  it('gives each start a token of its own', async () => {
    await using other = await startLocal()
    expect(tokenOf(local)).toMatch(/^[\w-]{22}$/)
    expect(tokenOf(other)).not.toBe(tokenOf(local))
    expect(JSON.stringify(local.environment)).not.toContain(tokenOf(local))
  })

  it('refuses other hosts and origins even with the token', async () => {
    for (const headers of [
      { host: 'evil.example' },
      { origin: 'http://evil.example' },
      { origin: 'http://localhost:3000' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const { status, text } = await value(headers as Record<string, string>)
      expect([headers, status]).toEqual([headers, 403])
      expect(text).not.toContain(CANARY)
    }
    expect((await value({ origin: local.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })

  it('takes commands as a POST of JSON only', async () => {
    for (const headers of [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
    ])
      expect((await askPage(local, 'endFaults', {}, headers as Record<string, string>)).status).toBe(400)
    const headers = { 'x-secrets-cache-page': tokenOf(local), 'content-type': 'application/json' }
    expect((await ask(local.url, '/_local/page/endFaults', { headers })).status).toBe(400)
  })

  it('may be opened from anywhere, but not framed or fetched', async () => {
    const from = (mode: string, dest: string) =>
      ask(local.url, '/_local/', {
        headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode, 'sec-fetch-dest': dest },
      })
    expect((await from('navigate', 'document')).status).toBe(200)
    for (const [mode, dest] of [
      ['navigate', 'iframe'],
      ['no-cors', 'script'],
      ['no-cors', 'image'],
      ['cors', 'empty'],
    ])
      expect((await from(String(mode), String(dest))).status).toBe(403)
  })

  it('is found by who types its address without its end, and by no client of the layer', async () => {
    for (const path of ['/', '/_local']) {
      const typed = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
      const { status, headers } = await ask(local.url, path, { headers: typed })
      expect([path, status, headers['location']]).toEqual([path, 302, '/_local/'])
      expect((await ask(local.url, path)).text).toBe('404 page not found')
    }
  })

  it('refuses what other sites load without an origin, on every side', async () => {
    const headers = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
      'x-aws-parameters-secrets-token': 'local-session-token',
    }
    expect((await ask(local.url, '/secretsmanager/get?secretId=a', { headers })).status).toBe(403)
    expect(local.calls.total).toBe(0)
  })

  it('tells the browser to run only its own files, and to keep and frame nothing', async () => {
    for (const path of ['/_local/', '/_local/page.js', '/_local/page/value', '/_local/nothing']) {
      const { headers } = await ask(local.url, path)
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'/),
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      })
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/)
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  it('has nothing inline', async () => {
    const { text } = await ask(local.url, '/_local/')
    expect(text).not.toMatch(/<style|style=|\son\w+=|<script>/)
  })

  it('never says a value in an error', async () => {
    for (const given of [
      { kind: 'secret', name: 'nothing', text: CANARY },
      { kind: 'parameter', name: 'a', text: CANARY },
      { kind: CANARY, name: 'a' },
      { kind: 'parameter', name: '/p', text: CANARY.repeat(1000) },
    ])
      for (const command of ['rotate', 'add', 'value', 'generate', 'delete'])
        if (command !== 'add' || given.name === '/p') {
          const { status, text } = await askPage(local, command, given)
          expect([command, given.name, status]).toEqual([command, given.name, 400])
          expect(text.replaceAll(JSON.stringify(given.kind), '')).not.toContain(CANARY)
        }
  })

  it('can be switched off', async () => {
    await using without = await startLocal({ page: false, secrets: { a: CANARY } })
    expect(without.page).toBeUndefined()
    for (const path of ['/_local/', '/_local/page.js', '/_local/page/events'])
      expect((await ask(without.url, path)).status).toBe(404)
    const headers = { 'content-type': 'application/json' }
    expect((await ask(without.url, '/_local/calls', { method: 'POST', headers })).status).toBe(200)
    await expect(startLocal({ page: 1 as unknown as boolean })).rejects.toThrow(
      'page is 1; it is true or false.',
    )
  })
})
