// `npm run test:mysql`: the handler of examples/rds-mysql against a real MariaDB, rotated every second, under load.
import { readCommand } from '../../../../../.ci/command.ts'
import { startMariadb } from './mariadb.ts'
import { play } from './play.ts'

const { flags } = readCommand({
  name: 'test:mysql',
  about: 'Runs examples/rds-mysql under load while the password of a real MariaDB is rotated every second.',
  flags: {
    seconds: { type: 'number', default: 30, help: 'how long the load lasts' },
    rate: { type: 'number', default: 200, help: 'invocations a second' },
    gap: { type: 'number', default: 50, help: 'milliseconds in which neither password works' },
    environments: { type: 'number', default: 8, help: 'how many there are' },
  },
})
const { rate, seconds, gap } = flags

await using database = await startMariadb('password-0')
const subject = {
  name: 'examples/rds-mysql',
  file: 'rotation/example.ts',
  reads: 'layer',
} as const
const { summary, rotations } = await play(subject, flags, database)
const { invocations, failed, environments, p50, p99, max } = summary
const [connections, refused] = [
  await database.status('Connections'),
  await database.status('Access_denied_errors'),
]
console.log(`MariaDB ${database.version}, ${environments} environments, ${rate} invocations a second for ${seconds} s,
a single-user rotation every second with a gap of ${gap} ms: ${rotations} rotations
${connections} connections made, ${refused} logins refused
p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(0)} ms, slowest ${max.toFixed(0)} ms`)
for (const [error, count] of Object.entries(summary.errors)) console.log(`${count} x ${error}`)
console.log(`${invocations} invocations, ${failed} failed`)
if (failed > 0) process.exitCode = 1
