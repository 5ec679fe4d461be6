// `npm run release:place -- --to owner/name`: writes where the repository is on GitHub into every file that says so.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { readCommand } from '../../../.ci/command.ts'
import { readPlace } from './place.ts'
import { root } from './published.ts'

const { flags } = readCommand({
  name: 'release:place',
  about: 'Writes where the repository is on GitHub into the package.json files, READMEs and the site.',
  flags: { to: { type: 'string', help: 'the repository, as owner/name', default: '' } },
})
if (!/^[\w.-]+\/[\w.-]+$/.test(flags.to)) {
  console.error(`--to is "${flags.to}"; it is owner/name, as in https://github.com/owner/name`)
  process.exit(2)
}

const before = `github.com/${readPlace()}`
const list = ['grep', '--files-with-matches', '--fixed-strings', before]
const files = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).trim().split('\n')
for (const file of files) {
  const text = readFileSync(root + file, 'utf8')
  // Not what only begins with the same name.
  const pattern = new RegExp(`${before.replaceAll('.', '\\.')}(?![\\w-])`, 'g')
  writeFileSync(root + file, text.replaceAll(pattern, `github.com/${flags.to}`))
}
console.log(`${files.length} files say github.com/${flags.to} now; look at them with git diff.`)
