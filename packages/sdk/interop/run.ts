// The source against an account: `node packages/sdk/interop/run.ts`, by default the stand-in; elsewhere whatever
// AWS_ENDPOINT_URL names (moto: AWS_ENDPOINT_URL=http://127.0.0.1:5000). Without it and with --aws, AWS itself.
import { startLocal } from '@secrets-cache/local'
import { compare } from './compare.ts'

const { AWS_ENDPOINT_URL } = process.env
const local = AWS_ENDPOINT_URL || process.argv.includes('--aws') ? undefined : await startLocal()
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
