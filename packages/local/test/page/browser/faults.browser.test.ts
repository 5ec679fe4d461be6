import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { type Local, startLocal } from '../../../src/index.ts'
import { askLayer } from '../../ask.ts'
import { expectAccessible } from './expect-accessible.ts'
import { expectNoSideways, keepPicture, openPage, startBrowser } from './open-browser.ts'

const SWITCHES = [
  ['Deny', 'deny'],
  ['Throttle', 'throttle'],
  ['Fail', 'fail'],
  ['Empty page', 'emptyPages'],
  ['Not ready', 'notReady'],
  ['Opaque failure', 'opaque'],
  ['Slow', 'slow'],
  ['Hang', 'hang'],
  ['Drip', 'drip'],
  ['Truncate', 'truncate'],
  ['Reset', 'reset'],
  ['Garbage', 'garbage'],
  ['Status', 'status'],
  ['Redirect', 'redirect'],
  ['Huge body', 'hugeBody'],
] as const

describe('the faults in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => browser.close())

  let local: Local
  let page: Page
  let said: readonly string[]
  beforeEach(async () => {
    local = await startLocal({ secrets: { 'prod/db': 'one', 'prod/key': 'k' } })
    ;({ page, said } = await openPage(browser, local, 'faults'))
  })
  afterEach(async () => {
    await page.context().close()
    await local.close()
    // Chromium itself says that a command was refused.
    expect(said.filter((line) => !line.includes('status of 400'))).toEqual([])
  })

  const status = async (name: string) =>
    (await askLayer(local.url, `/secretsmanager/get?secretId=${name}`)).status
  const turn = (name: string, isOn: boolean) => page.getByRole('switch', { name, exact: true, checked: isOn })
  const switchOn = async (name: string) => {
    await turn(name, false).click()
    await turn(name, true).waitFor()
  }
  const active = () => page.getByRole('region', { name: 'Active faults' })

  it('has a switch for each, and says all well again', async () => {
    for (const [title] of SWITCHES) await switchOn(title)
    await active().getByText(`${SWITCHES.length} active faults`).waitFor()
    await keepPicture(page, 'faults-all')
    await page.getByRole('button', { name: 'All well again' }).click()
    await page.getByText('All is well').waitFor()
    for (const [title] of SWITCHES) await turn(title, false).waitFor()
    expect(await status('prod/db')).toBe(200)
  })

  it('meets real requests, and counts them', async () => {
    await switchOn('Opaque failure')
    expect(await status('prod/db')).toBe(400)
    await active().getByText('met 1 request').waitFor()
    await turn('Opaque failure', true).click()
    await turn('Opaque failure', false).waitFor()
    expect(await status('prod/db')).toBe(200)
  })

  it('has a scope: names, requests, seconds, side', async () => {
    await page.getByLabel('Names, with commas between').fill('prod/db, other/*')
    await page.getByLabel('Requests', { exact: true }).fill('2')
    await page.getByLabel('Seconds', { exact: true }).fill('60')
    await page.getByRole('combobox', { name: 'Where' }).selectOption('layer')
    await page
      .getByRole('listitem')
      .filter({ hasText: 'This status and text.' })
      .getByRole('textbox', { name: 'Status' })
      .fill('503')
    await switchOn('Status')
    await active()
      .getByText(/^prod\/db, other\/\* · requests to the layer · 2 more · ends in \d+ s$/)
      .waitFor()
    expect([await status('prod/key'), await status('prod/db'), await status('prod/db')]).toEqual([
      200, 503, 503,
    ])
    await page.getByText('All is well').waitFor()
    await page.getByRole('button', { name: 'Everybody' }).click()
    expect(await page.getByLabel('Requests', { exact: true }).inputValue()).toBe('')
  })

  it('says what is wrong with a setting', async () => {
    await page
      .getByRole('listitem')
      .filter({ hasText: 'The answer, late.' })
      .getByLabel('Milliseconds')
      .fill('soon')
    await turn('Slow', false).click()
    await page.getByText('Milliseconds: give a number, not “soon”.').waitFor()
    await page.getByLabel('Requests', { exact: true }).fill('0')
    await turn('Hang', false).click()
    await page.getByText('times is 0; it is a whole number from 1.').waitFor()
  })

  it('shows the faults of a test or of the command line, and ends one alone', async () => {
    local.faults.slow(20, { ids: 'prod/*' })
    local.faults.deny('prod/key')
    await active().getByText('2 active faults').waitFor()
    await turn('Slow', true).waitFor()
    await page.getByRole('button', { name: 'End Deny' }).click()
    await active().getByText('1 active fault', { exact: true }).waitFor()
    expect(await status('prod/key')).toBe(200)
  })

  it('refuses connections for a while, and comes back', async () => {
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Nobody listens' })
      .getByLabel('Milliseconds')
      .fill('1500')
    await turn('Refuse', false).click()
    await page.getByText('Lost, trying again').waitFor()
    await page.getByText('Connected').waitFor()
    expect(await status('prod/db')).toBe(200)
    expect(said.every((line) => line.includes('net::ERR_'))).toBe(true)
    said = []
  })

  it.each(['light', 'dark'] as const)('has nothing serious for axe, in the %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await switchOn('Slow')
    await expectAccessible(page)
    await keepPicture(page, `faults-${colorScheme}`)
  })

  it('fits a window of 360 pixels', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await switchOn('Slow')
    await expectNoSideways(page)
    await keepPicture(page, 'faults-narrow')
  })
})
