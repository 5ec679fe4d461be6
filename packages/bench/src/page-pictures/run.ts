// `npm run screenshots`: somebody rotates a password in the page while a load runs against examples/rds-mysql.
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startLocal } from '@secrets-cache/local'
import { chromium, type Page } from 'playwright-core'
import { databaseName, startMariadb, user } from '../benches/rotation/mariadb.ts'
import { findChromium } from './find-chromium.ts'
import { loadExample } from './load-example.ts'

const secretName = 'dev/devDB'
const folder = new URL('../../../../docs/images/', import.meta.url)
const first = 'Local-pass-01'

await using database = await startMariadb(first)
await using local = await startLocal({
  secrets: {
    [secretName]: {
      host: '127.0.0.1',
      port: database.port,
      username: user,
      password: first,
      dbname: databaseName,
    },
    'dev/payments/key': 'sk_test_8JkQm2vXw4Tz',
    'dev/signing/certificate': new Uint8Array(512),
  },
  parameters: {
    '/dev/myapp/config': 'blue',
    '/dev/myapp/hosts': ['one.internal', 'two.internal'],
    '/dev/myapp/pin': { type: 'SecureString', value: '4711' },
  },
})
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
})
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' })
  await page.goto(String(local.page))
  await using load = await loadExample(local, database, secretName)
  await sleep(6_000)

  await rotateIn(page)
  await picture(page, 'account')
  load.disconnect()
  await page.getByRole('button', { name: 'Rotate', exact: true }).click()
  await page.getByRole('link', { name: 'Live' }).click()
  await page.getByRole('radio', { name: '15 s' }).check()
  await page.getByLabel('no hits').check()
  await page.getByRole('cell', { name: 'MariaDB refused 1 login' }).waitFor()
  await sleep(3_500)
  await page.getByRole('button', { name: 'Pause' }).click()
  await picture(page, 'live')

  await page.getByRole('link', { name: 'Faults' }).click()
  await page.getByLabel('Names, with commas between').fill('/dev/myapp/pin')
  await page.getByRole('switch', { name: 'Deny' }).click()
  await ask('/systemsmanager/parameters/get?name=/dev/myapp/pin&withDecryption=true')
  await page.getByLabel('Names, with commas between').fill('dev/*')
  await page.getByLabel('Seconds', { exact: true }).fill('45')
  await page.getByRole('switch', { name: 'Slow' }).click()
  await page.getByText('2 active faults').waitFor()
  await page.getByText('met 1 request', { exact: true }).waitFor()
  await picture(page, 'faults')

  const { invocations, refused } = load.counts
  console.log(`${invocations} invocations, none failed; MariaDB ${database.version} refused ${refused} login`)
  if (refused !== 1) throw new Error(`One login was to be refused, and ${refused} were.`)
} finally {
  await browser.close()
}

/** Makes a password in the page, and gives it to the database first, as a rotation function does. */
async function rotateIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: secretName }).click()
  await page.getByRole('button', { name: 'Generate like the old one' }).click()
  await page.getByRole('button', { name: 'Rotate', exact: true, disabled: false }).waitFor()
  const { password } = JSON.parse(await page.getByLabel('New value', { exact: true }).inputValue())
  await database.setPassword(password)
}

/** One request to the layer, as a function sends it. */
async function ask(path: string): Promise<void> {
  const headers = { 'x-aws-parameters-secrets-token': String(local.environment['AWS_SESSION_TOKEN']) }
  await (await fetch(local.url + path, { headers })).text()
}

async function picture(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const path = fileURLToPath(new URL(`page-${name}-${colorScheme}.png`, folder))
    await page.screenshot({ path })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}
