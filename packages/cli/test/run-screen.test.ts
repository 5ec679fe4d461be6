import { PassThrough } from 'node:stream'
import type { ReadStream, WriteStream } from 'node:tty'
import { describe, expect, it } from '@jest/globals'
import { startLocal } from '@secrets-cache/local'
import { createActions } from '../src/run/watch/actions.ts'
import type { Change } from '../src/run/watch/changes.ts'
import { readCommandLine } from '../src/run/watch/commands.ts'
import { readKeys } from '../src/run/watch/keyboard.ts'
import { readLines } from '../src/run/watch/read-lines.ts'
import { createScreen, KEYS } from '../src/run/watch/screen.ts'
import { type ScreenState, screenLines } from '../src/run/watch/screen-lines.ts'

const values = {
  secrets: { 'prod/db': { user: 'app', password: 'canary-1' }, 'prod/key': 'canary-2' },
  parameters: { '/prod/name': 'canary-3' },
}

const state: ScreenState = {
  head: ['index.handler, 2 secrets and 1 parameter', 'page: http://127.0.0.1:1/_local/#token=x'],
  report: ['INIT  5 ms, nothing asked', 'cold  2 ms, asked the layer once'],
  logs: [],
  notes: [],
  instead: undefined,
  keys: KEYS,
  from: 0,
}

const textOf = (shown: ScreenState, columns: number, rows: number) =>
  screenLines(shown, columns, rows).map(({ text }) => text)

describe('screenLines', () => {
  const long = {
    ...state,
    report: Array.from({ length: 90 }, (_, index) => `line ${index} ${'x'.repeat(200)}`),
    logs: Array.from({ length: 50 }, (_, index) => `log ${index}`),
    notes: ['rotated prod/db'],
  }

  it.each([
    [80, 24],
    [120, 40],
    [20, 5],
    [1, 1],
  ])('fills %i x %i, and no more, whatever there is to show', (columns, rows) => {
    for (const shown of [state, long, { ...long, instead: ['help'] }]) {
      const lines = textOf(shown, columns, rows)
      expect(lines).toHaveLength(rows)
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns)
      expect(KEYS).toContain(lines.at(-1)?.replace('…', ''))
    }
  })

  it('has the latest of what was printed, and says how much of the report there is', () => {
    const lines = textOf(long, 80, 24)
    expect(lines).toContain('    | log 49')
    expect(lines).toContain('lines 1 to 13 of 90; space shows more')
    expect(lines).toContain('rotated prod/db')
  })

  it('goes on where it was left, and begins again after the end', () => {
    expect(textOf({ ...long, from: 84 }, 80, 24)).toContain('lines 85 to 90 of 90; space shows more')
    expect(textOf({ ...long, from: 96 }, 80, 24)).toContain('lines 7 to 19 of 90; space shows more')
  })

  it('has all keys in a line of 80', () => {
    expect(KEYS.length).toBeLessThanOrEqual(80)
  })
})

/** A terminal of 80 x 24 that keeps what is written. */
const terminal = () => {
  const written: string[] = []
  const output = Object.assign(new PassThrough(), { columns: 80, rows: 24, isTTY: true })
  output.on('data', (piece) => written.push(String(piece)))
  return { output: output as unknown as WriteStream, written }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

describe('createScreen', () => {
  it('draws once for many changes of a moment, over what is there, and leaves the terminal as it was', async () => {
    const { output, written } = terminal()
    const screen = createScreen(output)
    screen.head('index.handler')
    screen.say('cold  2 ms')
    screen.log('\u001B[2Jhello\tyou\u0008')
    await nextTurn()
    await nextTurn()
    const drawn = written.filter((text) => text.includes('cold'))
    expect(drawn).toHaveLength(1)
    expect(drawn[0]?.startsWith('\u001B[H')).toBe(true)
    expect(drawn[0]).toContain('| hello  you')
    expect(drawn[0]).not.toContain('\u001B[2J')
    screen.close()
    await nextTurn()
    const text = written.join('')
    expect(text.split('\u001B[?1049h')).toHaveLength(2)
    expect(text.split('\u001B[?1049l')).toHaveLength(2)
    expect(text.lastIndexOf('\u001B[?25h')).toBeGreaterThan(text.lastIndexOf('\u001B[?25l'))
    expect(text).toMatch(/index\.handler\n\ncold {2}2 ms\n$/)
    expect(process.listeners('exit').filter(({ name }) => name === 'leave')).toEqual([])
  })

  it('shows nothing of the invocation before while the next runs', async () => {
    const { output, written } = terminal()
    const screen = createScreen(output)
    screen.say('before')
    screen.begin()
    screen.say('after')
    screen.idle('denied: prod/db')
    await nextTurn()
    await nextTurn()
    screen.close()
    const [drawn = ''] = written.filter((text) => text.includes('after'))
    expect(drawn).not.toContain('before')
    expect(drawn).toContain('denied: prod/db')
  })
})

describe('readKeys', () => {
  const pressing = async () => {
    const local = await startLocal(values)
    const input = Object.assign(new PassThrough(), { setRawMode: (raw: boolean) => modes.push(raw) })
    const modes: boolean[] = []
    const told: Change[] = []
    const shown: (readonly string[] | undefined)[] = []
    let pages = 0
    const screen = {
      instead: (lines: readonly string[] | undefined) => shown.push(lines),
      more: () => (pages += 1),
    }
    const keys = readKeys(input as unknown as ReadStream, screen as never, createActions(local), (change) =>
      told.push(change),
    )
    const press = async (text: string) => {
      input.write(text)
      await nextTurn()
    }
    return { local, press, told, shown, modes, keys, pages: () => pages }
  }

  it('takes a key without Enter', async () => {
    const { local, press, told, modes, keys, pages } = await pressing()
    for (const key of ['\r', 'c', 'f', 'n', ' ', 'x', 'q', '\u0003']) await press(key)
    expect(told).toEqual([
      { command: { name: 'again' } },
      { command: { name: 'cold' } },
      { command: { name: 'forget' } },
      { command: { name: 'not ready' } },
      'end',
      'end',
    ])
    expect(pages()).toBe(1)
    keys.close()
    expect(modes).toEqual([true, false])
    await local.close()
  })

  it('asks which one to rotate or to deny, and goes back at any other key', async () => {
    const { local, press, told, shown, keys } = await pressing()
    await press('r')
    expect(shown.at(-1)?.slice(2)).toEqual(['1  prod/db', '2  prod/key', '3  /prod/name'])
    await press('2')
    await press('d')
    await press('9')
    await press('2')
    expect(told).toEqual([{ command: { name: 'rotate', id: 'prod/key' } }])
    expect(shown.at(-1)).toBeUndefined()
    keys.close()
    await local.close()
  })

  it('shows the help until the next key', async () => {
    const { local, press, told, shown, keys } = await pressing()
    await press('?')
    expect(shown.at(-1)?.join('\n')).toContain('r      rotates a value')
    expect(Math.max(...(shown.at(-1) ?? []).map((line) => line.length))).toBeLessThanOrEqual(80)
    await press('c')
    expect([shown.at(-1), told]).toEqual([undefined, []])
    keys.close()
    await local.close()
  })
})

describe('readLines', () => {
  it('reads commands that end with Enter, and asks for the id where there are several', async () => {
    const local = await startLocal(values)
    const input = new PassThrough()
    const told: Change[] = []
    const said: string[] = []
    const lines = readLines(
      input,
      createActions(local),
      (change) => told.push(change),
      (line) => said.push(line),
    )
    input.write('\nf\nr\nd prod/key\nr prod/kye\nhello\n')
    await nextTurn()
    expect(told).toEqual([
      { command: { name: 'again' } },
      { command: { name: 'forget' } },
      { command: { name: 'deny', id: 'prod/key' } },
      { command: { name: 'again' } },
    ])
    const question = 'rotate which one? r and one of: prod/db, prod/key, /prod/name'
    expect(said).toEqual([question, question])
    lines.close()
    await local.close()
  })

  it.each(['toString', '__proto__', 'cold'])('takes "%s" for no command', (line) => {
    expect(readCommandLine(line)).toBeUndefined()
  })
})

describe('an action', () => {
  const environment = { forget: () => {}, end: async () => {} } as never

  it('gives a value a new one in its shape, and says so without the value', async () => {
    const local = await startLocal(values)
    const actions = createActions(local)
    const said = await actions.perform({ name: 'rotate', id: 'prod/db' }, environment)
    const [version] = [...(local.account.secrets.find('prod/db')?.versions.values() ?? [])].slice(-1)
    const made = JSON.parse(String(version?.value))
    expect(made.user).toBe('app')
    expect(made.password).toMatch(/^[a-z]{6}-\d$/)
    expect(made.password).not.toBe('canary-1')
    expect(said).toMatch(/^rotated prod\/db/)
    expect(said).not.toContain(made.password)
    await local.close()
  })

  it('denies a value, tells that it is denied, and allows it again', async () => {
    const local = await startLocal(values)
    const actions = createActions(local)
    const ask = () =>
      fetch(`${local.url}/secretsmanager/get?secretId=prod/key`, {
        headers: { 'X-Aws-Parameters-Secrets-Token': 'local-session-token' },
      })
    await actions.perform({ name: 'deny', id: 'prod/key' }, environment)
    expect([(await ask()).status, actions.active()]).toEqual([400, 'denied: prod/key'])
    await actions.perform({ name: 'deny', id: 'prod/key' }, environment)
    expect([(await ask()).status, actions.active()]).toEqual([200, undefined])
    await local.close()
  })

  it('lets the layer be not ready after the next INIT, once', async () => {
    const local = await startLocal(values)
    const actions = createActions(local)
    const ask = async () =>
      (
        await fetch(`${local.url}/secretsmanager/get?secretId=prod/key`, {
          headers: { 'X-Aws-Parameters-Secrets-Token': 'local-session-token' },
        })
      ).text()
    await actions.perform({ name: 'not ready' }, environment)
    expect(await ask()).not.toContain('not ready')
    actions.afterInit()
    expect(await ask()).toContain('not ready')
    await local.faults.clear()
    actions.afterInit()
    expect(await ask()).not.toContain('not ready')
    await local.close()
  })
})
