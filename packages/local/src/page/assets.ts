import { readFile } from 'node:fs/promises'

export interface Asset {
  readonly type: string
  readonly body: string | Uint8Array
}

const TYPES = {
  'index.html': 'text/html; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const

type AssetName = keyof typeof TYPES

let files: Promise<Readonly<Record<string, Asset>>> | undefined

/** The page's files, read at the first request. */
export const assets = (): Promise<Readonly<Record<string, Asset>>> => {
  files ??= (import.meta.url.endsWith('.ts') ? built() : published()).catch((error) => {
    files = undefined
    throw error
  })
  return files
}

const names = Object.keys(TYPES) as readonly AssetName[]

const published = async () =>
  Object.fromEntries(
    await Promise.all(
      names.map(async (name) => {
        const body = await readFile(new URL(`page/${name}`, import.meta.url))
        return [name, { type: TYPES[name], body }] as const
      }),
    ),
  )

/** From source the page is built in memory, so that it is never older than its source. */
const built = async () => {
  // A variable, so that the bundler does not follow it.
  const builder = new URL('../../page/build.ts', import.meta.url).href
  const { buildPage } = (await import(builder)) as {
    buildPage: () => Promise<Readonly<Record<AssetName, string>>>
  }
  const bodies = await buildPage()
  return Object.fromEntries(names.map((name) => [name, { type: TYPES[name], body: bodies[name] }]))
}
