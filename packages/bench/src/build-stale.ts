// What is measured is what is published: builds the packages whose dist is older than their sources.
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const tsup = join(dirname(createRequire(import.meta.url).resolve('tsup/package.json')), 'dist/cli-default.js')
const packages = fileURLToPath(new URL('../../', import.meta.url))

// Each after those whose types it needs.
for (const name of ['core', 'extension', 'sdk', 'middy', 'local']) {
  const folder = join(packages, name)
  if (isFresh(folder)) continue
  console.error(`building ${name}`)
  execFileSync(process.execPath, [tsup], { cwd: folder, stdio: 'inherit' })
}

function isFresh(folder: string): boolean {
  const changed = (file: string) => statSync(join(folder, file)).mtimeMs
  const sources = globSync(['src/**/*.ts', '*.ts', 'package.json'], { cwd: folder })
  return (
    existsSync(join(folder, 'dist/index.d.ts')) &&
    changed('dist/index.d.ts') > Math.max(...sources.map(changed))
  )
}
