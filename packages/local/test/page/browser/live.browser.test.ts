import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { type Local, startLocal } from '../../../src/index.ts'
import { askLayer } from '../../ask.ts'
import { tellPage } from '../ask-page.ts'
import { expectAccessible } from './expect-accessible.ts'
import { expectNoSideways, keepPicture, openPage, startBrowser } from './open-browser.ts'

describe('live requests in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => browser.close())

  let local: Local
  let page: Page
  let said: readonly string[]
  beforeEach(async () => {
    local = await startLocal({
      secrets: { 'prod/db': 'canary', 'prod/key': 'k' },
      parameters: { '/prod/config': 'c' },
      environment: { SECRETS_MANAGER_TTL: '30' },
    })
    ;({ page, said } = await openPage(browser, local, 'live'))
  })
  afterEach(async () => {
    await page.context().close()
    await local.close()
    expect(said).toEqual([])
  })

  const get = (name: string, token?: string) =>
    askLayer(local.url, `/secretsmanager/get?secretId=${name}`, token)
  const rows = () => page.locator('tbody tr')
  const lane = (name: string) => page.locator('.lane', { hasText: name })

  it('says that nothing came yet', async () => {
    await page.getByText('Nothing has been asked yet.').waitFor()
    await keepPicture(page, 'live-empty')
  })

  it('shows who asked for what, and what came of it', async () => {
    await get('prod/db')
    await get('prod/none')
    await rows().nth(3).waitFor()
    const cells = await rows().first().locator('td').allTextContents()
    expect(cells.slice(1, 5)).toEqual(['function → layer', 'secretsmanager', 'prod/none', '400'])
    expect(cells[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/)
    expect(cells[5]).toMatch(/^\d+\.\d$/)
    expect(await page.content()).not.toContain('canary')
  })

  it('filters by words, by who, and by refusal', async () => {
    await get('prod/db')
    await get('prod/none')
    await rows().nth(3).waitFor()
    await page.getByLabel('Filter requests').fill('NotFound')
    await rows().nth(1).waitFor({ state: 'detached' })
    expect(await rows().first().textContent()).toContain('ResourceNotFoundException')
    await page.getByLabel('Filter requests').fill('')
    await page.getByLabel('Of whom').selectOption('AWS')
    await rows().nth(2).waitFor({ state: 'detached' })
    await page.getByLabel('refused only').check()
    await rows().nth(1).waitFor({ state: 'detached' })
    await page.getByLabel('Filter requests').fill('nothing like it')
    await page.getByText('Nothing matches the filter.').waitFor()
  })

  it('stands still while it is paused', async () => {
    await get('prod/db')
    await rows().nth(1).waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    await get('prod/key')
    await page.getByText('4 requests in all', { exact: true }).waitFor()
    expect(await rows().count()).toBe(2)
    await page.getByRole('button', { name: 'Go on' }).click()
    await rows().nth(3).waitFor()
  })

  it('has a lane for each value, with what the layer holds of it', async () => {
    await get('prod/db')
    await lane('prod/db').getByText('layer holds v1').waitFor()
    local.rotate('prod/db', 'two')
    await lane('prod/db').getByText('layer holds v1 (old)').waitFor()
    await lane('prod/db').locator('.mark', { hasText: 'v2' }).waitFor()
    await page.getByRole('button', { name: 'Empty the layer’s cache' }).click()
    await lane('prod/db').getByText('not held by the layer').waitFor()
    await get('prod/db')
    await lane('prod/db')
      .getByText(/layer holds v2, [\d.]+ s of 30 s/)
      .waitFor()
    await lane('prod/db')
      .getByRole('img', { name: /^2 requests to the layer, 2 calls of AWS, 0 events/ })
      .waitFor()
  })

  it('shows the events of the function', async () => {
    const at = Date.now()
    await tellPage(local, 'heard', {
      events: [
        { at: at - 300, type: 'hit', id: 'prod/db', source: 'extension', ageSeconds: 1 },
        {
          at: at - 200,
          type: 'stale',
          id: 'prod/db',
          source: 'extension',
          ageSeconds: 4,
          reason: 'revalidating',
        },
        { at: at - 100, type: 'failed', id: 'prod/db', source: 'extension', code: 'EXTENSION_REFUSED' },
      ],
    })
    await lane('prod/db').getByText('function', { exact: true }).waitFor()
    await lane('prod/db')
      .getByRole('img', { name: /3 events of the function, 1 refused/ })
      .waitFor()
    await page.getByRole('cell', { name: 'extension, revalidating, 4 s old' }).waitFor()
    await keepPicture(page, 'live-function')
  })

  it('takes thousands of requests and stays quick', async () => {
    for (let batch = 0; batch < 60; batch++)
      await Promise.all(Array.from({ length: 50 }, () => get('prod/db')))
    await page.getByText('3,001 requests in all', { exact: true }).waitFor()
    // A burst that is still coming: the page answers in between.
    const burst = (async () => {
      for (let batch = 0; batch < 40; batch++)
        await Promise.all(Array.from({ length: 50 }, () => get('prod/key')))
    })()
    const began = performance.now()
    await page.getByLabel('Filter requests').fill('prod/key')
    await page.getByRole('cell', { name: 'prod/key' }).first().waitFor()
    const milliseconds = performance.now() - began
    await burst
    expect(milliseconds).toBeLessThan(10_000)
    expect(await rows().count()).toBeLessThanOrEqual(120)
    const elements = await page.evaluate("document.querySelectorAll('*').length")
    expect(elements).toBeLessThan(2_000)
  })

  it('says that its stand-in is lost, and comes back by itself', async () => {
    local.account.putSecret('prod/later', 'x')
    await local.faults.refuse()
    await page.getByText('Lost, trying again').waitFor()
    await keepPicture(page, 'live-lost')
    await local.faults.accept()
    await page.getByText('Connected').waitFor()
    await get('prod/later')
    await page.getByRole('cell', { name: 'prod/later' }).first().waitFor()
    // Chromium says of each try that nobody listened.
    expect(said.every((line) => line.includes('net::ERR_'))).toBe(true)
    said = []
  })

  it('does not blink where the agent ends connections by itself', async () => {
    await using agent = await startLocal({ flavour: 'agent', agentConnectionLifetime: 400 })
    const opened = await openPage(browser, agent, 'live')
    await opened.page.evaluate(`window.seen = []; new MutationObserver(() =>
      window.seen.push(document.querySelector('.status').textContent)).observe(
      document.querySelector('.status'), { childList: true, characterData: true, subtree: true })`)
    for (let streams = 0; streams < 4; streams++)
      await opened.page.waitForResponse((response) => response.url().endsWith('/page/events'))
    expect(await opened.page.evaluate('window.seen')).toEqual([])
    await opened.page.context().close()
  })

  it('asks for the new token where another stand-in has its port', async () => {
    const { port } = local
    await local.close()
    await page.getByText('Lost, trying again').waitFor()
    local = await startLocal({ port })
    await page.getByRole('heading', { name: 'This page needs its token' }).waitFor()
    expect(said.every((line) => /net::ERR_|401/.test(line))).toBe(true)
    said = []
    await page.goto(String(local.page))
    await page.getByText('Connected').waitFor()
  })

  it.each(['light', 'dark'] as const)('has nothing serious for axe, in the %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    local.faults.deny('prod/key', { times: 1 })
    for (const name of ['prod/db', 'prod/key', 'prod/db']) await get(name)
    local.rotate('prod/db', 'two')
    await rows().nth(4).waitFor()
    await lane('prod/db').locator('.mark', { hasText: 'v2' }).waitFor()
    await expectAccessible(page)
    await keepPicture(page, `live-${colorScheme}`)
  })

  it('fits a window of 360 pixels', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await get('prod/db')
    await rows().nth(1).waitFor()
    await expectNoSideways(page)
    await keepPicture(page, 'live-narrow')
  })
})
