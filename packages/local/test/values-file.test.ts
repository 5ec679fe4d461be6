import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readValues } from '../src/files/values-file.ts'

const CANARY = 'canary-2b9e04'
const MARK = '\uFEFF'

describe('readValues', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'secrets-cache-values-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const write = async (name: string, content: string | Uint8Array) => {
    const file = join(folder, name)
    await writeFile(file, content)
    return file
  }
  const read = async (name: string, content: string | Uint8Array) => readValues(await write(name, content))

  describe('.env, by the rules of dotenv', () => {
    it.each([
      ['a=A # x', 'A'],
      ['a="A # x" # y', 'A # x'],
      ["a='A # x' # y", 'A # x'],
      ['a=`it\'s "so"`', 'it\'s "so"'],
      ['export a = A ', 'A'],
      ['a="one\\ntwo"', 'one\ntwo'],
      ["a='one\\ntwo'", 'one\\ntwo'],
      ['a=A=B==', 'A=B=='],
      ['a=', ''],
      [
        'a="-----BEGIN KEY-----\nMIIE\nqk==\n-----END KEY-----"\nb=2',
        '-----BEGIN KEY-----\nMIIE\nqk==\n-----END KEY-----',
      ],
      ['a="x\r\ny"\r\n# c\r\nb=2', 'x\ny'],
    ])('reads %j', async (text, value) => {
      const { secrets } = await read('v.env', text)
      expect(secrets?.['a']).toBe(value)
    })

    it('tells parameters by their slash', async () => {
      expect(await read('v.env', '/prod/y="a,b"\nprod/x=1')).toEqual({
        parameters: { '/prod/y': 'a,b' },
        secrets: { 'prod/x': '1' },
      })
    })

    it.each([
      [`a=1\n  ${CANARY}`, /v\.env:2:3: this line is no NAME=value$/],
      [`# c\n=${CANARY}`, /v\.env:2:1: this line is no NAME=value$/],
      [`a="${CANARY}\nMIIE\n`, /v\.env:2:1: this line is no NAME=value$/],
      [`a="x\ny"\n${CANARY}`, /v\.env:3:1: this line is no NAME=value$/],
    ])('says where %j is none', async (text, message) => {
      const refused = read('v.env', text)
      await expect(refused).rejects.toThrow(message)
      await expect(refused).rejects.not.toThrow(CANARY)
    })
  })

  it.each([
    ['v.json', '{"secrets":{"a":"1"}}'],
    ['v.yaml', 'secrets: { a: "1" }'],
    ['v.yml', 'secrets:\n  a: "1"'],
    ['v.env', 'a=1'],
  ])('takes %s with a byte order mark, and in the encodings of Windows', async (name, text) => {
    const wanted = { secrets: { a: '1' } }
    expect(await read(name, MARK + text)).toMatchObject(wanted)
    expect(await read(name, Buffer.from(MARK + text, 'utf16le'))).toMatchObject(wanted)
    expect(await read(name, Buffer.from(MARK + text, 'utf16le').swap16())).toMatchObject(wanted)
  })

  it('refuses text in an encoding that it would garble', async () => {
    await expect(read('v.json', Buffer.from('{"secrets":{"a":"\u00fc"}}', 'latin1'))).rejects.toThrow(
      /v\.json: this is not UTF-8 text; save it as UTF-8$/,
    )
  })

  it('counts lines and columns without the mark', async () => {
    await expect(read('v.json', `${MARK}{"a":}`)).rejects.toThrow(
      /v\.json:1:6: this is not JSON from here on$/,
    )
  })

  it.each([
    ['v.json', '{"secrets":{"a":"1",\n"\\u0061":"2"}}', /v\.json:2:1: this key stands twice$/],
    ['v.json', '{"secrets":{"a":{"x":[{"y":1}],"x":2}}}', /v\.json:1:32: this key stands twice$/],
    ['v.json', '{"secrets":{"a":{"id":9007199254740993}}}', /v\.json:1:23: this number would lose digits/],
    ['v.json', '{"secrets":{"a":[1e400]}}', /v\.json:1:18: this number would lose digits: put it in quotes$/],
    ['v.yaml', 'secrets:\n  a: { id: 9007199254740993 }', /v\.yaml:2:12: this number would lose digits/],
    [
      'v.yaml',
      'secrets: { a: "1" }\n---\nsecrets: { a: "2" }',
      /v\.yaml:2:1: this is not YAML \(MULTIPLE_DOCS\)$/,
    ],
  ])('refuses in %s what would be changed in silence: %s', async (name, text, message) => {
    await expect(read(name, text)).rejects.toThrow(message)
  })

  it('takes equal keys of different objects, and every number that is exact', async () => {
    const values = { a: { x: 1, y: { x: [1.5, -9_007_199_254_740_991] } }, b: { x: '1' } }
    expect(await read('v.json', JSON.stringify({ secrets: values, parameters: { a: 'x' } }))).toEqual({
      secrets: values,
      parameters: { a: 'x' },
    })
  })

  describe('YAML that would grow', () => {
    const bomb = Array.from({ length: 9 }, (_, index) => {
      const names = Array.from({ length: 10 }, () => (index === 0 ? CANARY : `*a${index - 1}`))
      return `  a${index}: &a${index} [${names.join(', ')}]`
    })

    it.each([
      ['a bomb of aliases', `secrets:\n${bomb.join('\n')}`, /v\.yaml:\d+:\d+: aliases make this too large$/],
      ['a bomb of maps', `secrets:\n${bomb.join('\n').replaceAll(/\[(.*)\]/g, '{ x: [$1] }')}`, /too large$/],
      [
        'a bomb of one long text',
        `secrets:\n  a: &a ${'x'.repeat(60_000)}\n  b: [${'*a, '.repeat(1000)}]`,
        /v\.yaml:3:\d+: aliases make/,
      ],
      ['a cycle', `secrets:\n  a: &a [1, *a]`, /v\.yaml:2:13: this alias stands inside of what it repeats$/],
      ['a cycle in a map', `secrets: &s\n  a:\n    b: *s`, /v\.yaml:3:8: this alias stands inside/],
      ['an alias of nothing', 'secrets:\n  a: *none', /v\.yaml:2:6: this alias has no anchor before it$/],
      [
        'deep brackets',
        `secrets:\n  a: ${'['.repeat(20_000)}`,
        /v\.yaml:2:\d+: this is nested deeper than 500 levels$/,
      ],
      ['deep dashes', `secrets:\n  a:\n    ${'- '.repeat(20_000)}`, /v\.yaml:3:\d+: this is nested deeper/],
    ])('is refused: %s', async (_, text, message) => {
      const before = performance.now()
      const refused = read('v.yaml', text)
      await expect(refused).rejects.toMatchObject({ name: 'LocalError', code: 'BAD_FILE' })
      await expect(refused).rejects.toThrow(message)
      await expect(refused).rejects.not.toThrow(CANARY)
      expect(performance.now() - before).toBeLessThan(10_000)
    })

    it('is taken as far as somebody writes it', async () => {
      const text = 'base: &b { user: app }\n'
      await expect(read('v.yaml', text)).rejects.toThrow('unknown key "base"')
      expect(
        await read('v.yaml', 'secrets:\n  a: &b { user: app, tags: [x] }\n  c: *b\n  d: [*b, *b]'),
      ).toEqual({
        secrets: {
          a: { user: 'app', tags: ['x'] },
          c: { user: 'app', tags: ['x'] },
          d: [
            { user: 'app', tags: ['x'] },
            { user: 'app', tags: ['x'] },
          ],
        },
        parameters: {},
      })
    })
  })

  it('refuses JSON that is too deep, and says where', async () => {
    const text = `{"secrets":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`
    await expect(read('v.json', text)).rejects.toThrow(
      /v\.json:1:\d+: this is nested deeper than 500 levels$/,
    )
  })
})
