import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from '@jest/globals'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Local } from '../../../src/index.ts'

/** Artefacts, which git ignores. */
const SCREENSHOTS = fileURLToPath(new URL('../../../../../out/screenshots/', import.meta.url))

export interface Opened {
  readonly page: Page
  /** What the browser's console said; the page itself says nothing there. */
  readonly said: readonly string[]
}

/** A Chromium without a window. In a container it may have neither a sandbox nor much shared memory. */
export const startBrowser = (flags: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: String(process.env['CHROMIUM']),
    args: ['--no-sandbox', '--disable-dev-shm-usage', ...flags],
    timeout: 120_000,
  })

/** Opens the page of a stand-in in a profile of its own. */
export const openPage = async (
  browser: Browser,
  local: Local,
  view: 'account' | 'live' | 'faults' = 'account',
  options: BrowserContextOptions = {},
): Promise<Opened> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => said.push(`error: ${error.message}`))
  await page.goto(String(local.page))
  await page.getByText('Connected').waitFor()
  await page.getByRole('link', { name: view }).click()
  return { page, said }
}

/** Keeps a picture of the page. */
export const keepPicture = async (page: Page, name: string): Promise<void> => {
  await mkdir(SCREENSHOTS, { recursive: true })
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true })
}

/** Everything that is not visible at the first look must still be reached: nothing is wider than the window. */
export const expectNoSideways = async (page: Page): Promise<void> => {
  const [wide, window] = await page
    .evaluate('[document.documentElement.scrollWidth, innerWidth]')
    .then(numbers)
  expect(wide).toBeLessThanOrEqual(window as number)
}

const numbers = (value: unknown): readonly number[] => value as readonly number[]
