import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const packageFolder = fileURLToPath(new URL('../../', import.meta.url))

/** The folder with what is published; built where it is missing or older than what it is made from. */
export function built(): string {
  const dist = join(packageFolder, 'dist')
  const sources = [
    'tsup.config.ts',
    'undici-thin.ts',
    'undici-thin-edits.ts',
    'compile-cold-path.ts',
    ...readdirSync(join(packageFolder, 'src')).map((file) => `src/${file}`),
  ]
  const newest = Math.max(...sources.map((file) => changed(join(packageFolder, file))))
  if (['index.js', 'index.d.ts', 'undici-client.js'].some((file) => changed(join(dist, file)) < newest)) {
    const tsup = dirname(createRequire(import.meta.url).resolve('tsup/package.json'))
    execFileSync(process.execPath, [join(tsup, 'dist/cli-default.js')], { cwd: packageFolder })
    execFileSync(process.execPath, ['compile-cold-path.ts'], { cwd: packageFolder })
  }
  return dist
}

function changed(file: string): number {
  return existsSync(file) ? statSync(file).mtimeMs : 0
}
