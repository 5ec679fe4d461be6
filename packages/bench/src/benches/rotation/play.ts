import { setTimeout as sleep } from 'node:timers/promises'
import { environments, load, type Summary, steady, summaryOf } from 'example-load-test/load'
import { type Backend, startBackend } from '../../backend.ts'
import { startEnvironment } from '../../environment/start-environment.ts'
import type { Subject } from '../../handlers/index.ts'
import { secretName } from '../../handlers/rotation/query.ts'
import { databaseName, type Mariadb, user } from './mariadb.ts'

export interface RotationLoad {
  /** Invocations a second. */
  readonly rate: number
  readonly seconds: number
  /** Milliseconds in which the old password is dead and the new one not yet stored. */
  readonly gap: number
  readonly environments: number
}

export interface Rotated {
  readonly summary: Summary
  readonly rotations: number
}

let passwords = 0

/** Sends a load to a handler while the password of its database is rotated every second. */
export async function play(subject: Subject, given: RotationLoad, database: Mariadb): Promise<Rotated> {
  const { rate, seconds, gap } = given
  const secret = () => ({
    host: '127.0.0.1',
    port: database.port,
    username: user,
    password: `password-${passwords}`,
    dbname: databaseName,
  })
  await using backend = await startBackend({ SECRETS_MANAGER_TTL: '1', SSM_PARAMETER_STORE_TTL: '1' })
  await backend.local.putSecret(secretName, secret())
  await using all = await environments(given.environments, () => startInvoked(subject, backend))
  let rotations = 0
  let isOver = false
  /** A single-user rotation as AWS's own function does it: first the database, then the secret. */
  const rotate = async () => {
    while (!isOver) {
      await sleep(1_000)
      await database.setPassword(`password-${++passwords}`)
      await sleep(gap)
      await backend.local.rotate(secretName, secret())
      rotations++
    }
  }
  const rotating = rotate()
  const arrivals = steady({ rate, seconds })
  const invocations = await load({ arrivals, environments: all, next: 'longest free' })
  isOver = true
  await rotating
  return { summary: summaryOf(invocations), rotations }
}

/** An environment whose cold start is over: the bench does not measure that. */
async function startInvoked(subject: Subject, { environment }: Backend) {
  const started = await startEnvironment(subject, { secrets: 1, parameters: 1, maxAge: 1 }, environment)
  await started.invoke()
  return { invoke: started.invoke, close: () => started[Symbol.asyncDispose]() }
}
