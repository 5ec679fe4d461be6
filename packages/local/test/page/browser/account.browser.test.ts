import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { type Local, startLocal } from '../../../src/index.ts'
import { expectAccessible } from './expect-accessible.ts'
import { expectNoSideways, keepPicture, openPage, startBrowser } from './open-browser.ts'

describe('the account in a browser', () => {
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
      secrets: { 'prod/db': { user: 'app', password: 'Old-pass-1' }, 'prod/key': 'sk_test_abcdefgh1234' },
      parameters: { '/prod/config': '{"retries":2}', '/prod/hosts': ['a', 'b'] },
    })
    ;({ page, said } = await openPage(browser, local))
  })
  afterEach(async () => {
    await page.context().close()
    await local.close()
    // Chromium itself says that a command was refused.
    expect(said.filter((line) => !line.includes('status of 400'))).toEqual([])
  })

  const versionsOf = (name: string) => [...local.account.secrets.get(name).versions.values()]
  const field = (name: string) => page.getByLabel(name, { exact: true })
  const select = (name: string) => page.getByRole('combobox', { name })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const choose = (name: string) => page.getByRole('button', { name }).first().click()

  it('keeps the token out of the address, and over a reload', async () => {
    expect(page.url()).toBe(`${local.url}/_local/#account`)
    expect(await page.evaluate('document.cookie')).toBe('')
    await page.reload()
    await page.getByText('Connected').waitFor()
  })

  it('shows a value only when it is asked to, and hides it again', async () => {
    await choose('prod/db')
    expect(await page.content()).not.toContain('Old-pass-1')
    await button('Show the value of v1').click()
    await page.getByText('Old-pass-1').waitFor()
    await keepPicture(page, 'account')
    await button('Hide the value of v1').click()
    await page.getByText('Old-pass-1').waitFor({ state: 'detached' })
  })

  it('checks JSON with each letter, and rotates', async () => {
    await choose('prod/db')
    await field('New value').fill('{"user":"app",\n"password":}')
    await page.getByText('Line 2, column 12: this is not JSON from here on.').waitFor()
    expect(await button('Rotate').isDisabled()).toBe(true)
    await keepPicture(page, 'account-bad-json')
    await field('New value').fill('{"user":"app","password":"New-pass-2"}')
    await button('Rotate').click()
    await page.getByText('Rotated.').waitFor()
    expect(versionsOf('prod/db').at(-1)?.value).toBe('{"user":"app","password":"New-pass-2"}')
    await button('Show the value of v2').waitFor()
    expect(await field('New value').inputValue()).toBe('')
  })

  it('generates a value like the old one', async () => {
    await choose('prod/key')
    await button('Generate like the old one').click()
    await button('Rotate').click()
    await page.getByText('Rotated.').waitFor()
    expect(versionsOf('prod/key').at(-1)?.value).toMatch(/^sk_test_[a-z]{8}\d{4}$/)
    expect(versionsOf('prod/key').at(-1)?.value).not.toBe('sk_test_abcdefgh1234')
  })

  it('starts from the old value', async () => {
    await choose('/prod/config')
    await button('Edit the old one').click()
    await page.getByRole('button', { name: 'Rotate', exact: true, disabled: false }).waitFor()
    await field('New value').fill('{"retries":3}')
    await button('Rotate').click()
    await page.getByText('Rotated.').waitFor()
    expect(local.account.parameters.get('/prod/config').versions.map(({ value }) => value)).toEqual([
      '{"retries":2}',
      '{"retries":3}',
    ])
  })

  it('moves stages and labels', async () => {
    local.rotate('prod/key', 'sk_test_next')
    await choose('prod/key')
    await field('Stage').fill('AWSCURRENT')
    await select('on version').selectOption({ label: 'v1' })
    await button('Set stage').click()
    await page.locator('.versions li:last-child .tag.current').waitFor()
    expect([...(versionsOf('prod/key')[0]?.stages ?? [])]).toEqual(['AWSCURRENT'])
    await choose('/prod/hosts')
    await field('Label').fill('1-bad')
    await button('Set label').click()
    await page.getByText('"1-bad" is no label for "/prod/hosts"').waitFor()
    await field('Label').fill('live')
    await button('Set label').click()
    await page.locator('.tag', { hasText: 'live' }).waitFor()
  })

  it('adds, finds and deletes', async () => {
    await button('Add').click()
    await select('Kind').selectOption('parameter')
    await select('Type').selectOption('SecureString')
    await field('Name').fill('/prod/pin')
    await field('Value').fill('1234')
    await keepPicture(page, 'account-add')
    await page.locator('form').getByRole('button', { name: 'Add' }).click()
    await page.getByRole('heading', { name: '/prod/pin' }).waitFor()
    expect(local.account.parameters.get('/prod/pin').versions).toMatchObject([
      { type: 'SecureString', value: '1234' },
    ])
    await field('Filter by name').fill('PIN')
    expect(await page.locator('.entries button').count()).toBe(1)
    await button('Delete').click()
    await button('Keep').click()
    await button('Delete').click()
    await button('Delete now').click()
    await page.getByText('No name has “PIN”.').waitFor()
    expect(local.account.parameters.find('/prod/pin')).toBeUndefined()
  })

  it('shows what others change', async () => {
    local.account.putSecret('prod/new', 'x')
    await page.getByRole('button', { name: 'prod/new' }).waitFor()
  })

  it('is used with the keyboard alone', async () => {
    await field('Filter by name').focus()
    for (const key of ['Tab', 'Tab', 'Tab', 'Enter']) await page.keyboard.press(key)
    await page.getByRole('heading', { name: 'prod/key' }).waitFor()
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
    expect(outline).toBe('solid')
  })

  it.each(['light', 'dark'] as const)('has nothing serious for axe, in the %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await choose('prod/db')
    await button('Show the value of v1').click()
    await field('New value').fill('{')
    await expectAccessible(page)
    await button('Add').click()
    await expectAccessible(page)
    await keepPicture(page, `account-${colorScheme}`)
  })

  it('fits a window of 360 pixels', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await choose('prod/db')
    await button('Show the value of v1').click()
    await expectNoSideways(page)
    await keepPicture(page, 'account-narrow')
  })

  it('asks for its token where it has none', async () => {
    const context = await browser.newContext()
    const other = await context.newPage()
    await other.goto(`${local.url}/_local/`)
    await other.getByRole('heading', { name: 'This page needs its token' }).waitFor()
    await expectAccessible(other)
    await keepPicture(other, 'no-token')
    await other.getByLabel('Address or token').fill(String(local.page))
    await other.getByRole('button', { name: 'Open' }).click()
    await other.getByText('Connected').waitFor()
    await context.close()
  })
})
