import { setTimeout as sleep } from 'node:timers/promises'
import type { Local } from '@secrets-cache/local'
import { workerEnvironment } from 'example-load-test/load'
import type { Mariadb } from '../benches/rotation/mariadb.ts'
import { tellPage } from './tell-page.ts'

/** Milliseconds between two invocations. */
const PAUSE = 30

/** Invokes examples/rds-mysql again and again in one environment, and tells the page of logins that MariaDB refused. */
export async function loadExample(local: Local, database: Mariadb, secretName: string) {
  const page = String(local.page)
  const environment = await workerEnvironment(new URL('environment.ts', import.meta.url), {
    ...local.environment,
    ENV: 'dev',
    APP_CONFIG_PATH: 'myapp/config',
    CREDS_PATH: secretName,
    PAGE: page,
  })
  const refusedLogins = () => database.status('Access_denied_errors')
  const counts = { invocations: 0, refused: 0 }
  const known = await refusedLogins()
  let isOver = false
  let isToDisconnect = false

  const run = async () => {
    while (!isOver) {
      // Between two invocations, so that no query is under way.
      if (isToDisconnect) await database.disconnect()
      isToDisconnect = false
      await environment.invoke({})
      counts.invocations++
      const refused = (await refusedLogins()) - known
      if (refused > counts.refused) {
        const text = `MariaDB refused ${refused - counts.refused} login`
        await tellPage(page, 'heard', { events: [{ type: 'note', at: Date.now(), id: secretName, text }] })
      }
      counts.refused = refused
      await sleep(PAUSE)
    }
  }
  const running = run()
  return {
    counts,
    disconnect: () => {
      isToDisconnect = true
    },
    async [Symbol.asyncDispose]() {
      isOver = true
      await running.finally(() => environment.close())
    },
  }
}
