// `npm run interop`: the sources that ask AWS itself against an account.
import { startLocal } from '@secrets-cache/local'
import { readCommand } from '../../../.ci/command.ts'
import { compare } from './compare.ts'
import { sources } from './scenarios.ts'

const { flags } = readCommand({
  name: 'interop',
  about:
    'Plays account scenarios (create, read, batch, rotate, missing, too many), read by sdk() and by direct(), against the stand-in, or against the server that AWS_ENDPOINT_URL names, for example moto: AWS_ENDPOINT_URL=http://127.0.0.1:5000. Fails where an answer is not as AWS gives it.',
  flags: { aws: { type: 'boolean', help: 'against AWS itself, with the credentials in the environment' } },
})
const { AWS_ENDPOINT_URL } = process.env
const local = AWS_ENDPOINT_URL || flags.aws ? undefined : await startLocal()
Object.assign(process.env, local?.environment)
process.env['AWS_REGION'] ??= 'eu-west-1'

let differing = 0
console.log(`\n${local ? 'the stand-in' : (AWS_ENDPOINT_URL ?? 'AWS')}`)
for (const source of Object.keys(sources) as (keyof typeof sources)[]) {
  const results = await compare(source)
  console.log(`\n${source}()\n`)
  for (const { name, isAsExpected, expected, seen } of results) {
    console.log(`${isAsExpected ? 'as AWS ' : 'DIFFERS'}  ${name}`)
    if (!isAsExpected) console.log('         expected', expected, '\n         seen    ', seen)
  }
  const failed = results.filter(({ isAsExpected }) => !isAsExpected).length
  console.log(`\n${results.length - failed} of ${results.length} as expected`)
  differing += failed
}
await local?.close()
process.exitCode = differing === 0 ? 0 : 1
