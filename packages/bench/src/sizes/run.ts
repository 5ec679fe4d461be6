// `npm run sizes`: writes how large a bundled function is over each source into docs/choosing.md.
import { execFileSync } from 'node:child_process'
import { writePart } from '../shared/page-part.ts'
import { page, part, sizesTable } from './bundle-sizes.ts'

const root = new URL('../../../../', import.meta.url)

execFileSync('.ci/pnpm', ['run', 'build'], { cwd: root, stdio: ['ignore', 2, 2] })
const table = await sizesTable()
writePart(page, part, table)
console.log(`${table}\n\nWritten into ${page}.`)
