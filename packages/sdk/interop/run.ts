// `npm run interop`: the source against an account.
import { startLocal } from '@secrets-cache/local'
import { readCommand } from '../../../.ci/command.ts'
import { compare } from './compare.ts'

const { flags } = readCommand({
  name: 'interop',
  about:
    'Plays account scenarios (create, read, batch, rotate, missing, too many) against the stand-in, or against the server that AWS_ENDPOINT_URL names, for example moto: AWS_ENDPOINT_URL=http://127.0.0.1:5000. Fails where an answer is not as AWS gives it.',
  flags: { aws: { type: 'boolean', help: 'against AWS itself, with the credentials in the environment' } },
})
const { AWS_ENDPOINT_URL } = process.env
const local = AWS_ENDPOINT_URL || flags.aws ? undefined : await startLocal()
Object.assign(process.env, local?.environment)
process.env['AWS_REGION'] ??= 'eu-west-1'

const results = await compare()
console.log(`\n${local ? 'the stand-in' : (AWS_ENDPOINT_URL ?? 'AWS')}\n`)
for (const { name, isAsExpected, expected, seen } of results) {
  console.log(`${isAsExpected ? 'as AWS ' : 'DIFFERS'}  ${name}`)
  if (!isAsExpected) console.log('         expected', expected, '\n         seen    ', seen)
}
const differing = results.filter(({ isAsExpected }) => !isAsExpected).length
console.log(`\n${results.length - differing} of ${results.length} as expected`)
await local?.close()
process.exitCode = differing === 0 ? 0 : 1
