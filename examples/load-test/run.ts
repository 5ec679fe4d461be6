// The article's load: 10 -> 40 requests a second over 60 s. `npm start -- --speed 1` takes as long as that did.
import { parseArgs } from 'node:util'
import { ramp } from './load/index.ts'
import { type Played, play } from './play.ts'
import { scenarios } from './scenarios.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    /** How many times faster than the clock. */
    speed: { type: 'string', default: '20' },
    /** The names of the scenarios to play. @default all of them */
    only: { type: 'string', multiple: true, default: scenarios.map(({ name }) => name) },
    json: { type: 'boolean', default: false },
  },
})
const names = scenarios.map(({ name }) => name)
const unknown = values.only.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`--only ${unknown.join(', ')}: there are ${names.map((name) => `"${name}"`).join(', ')}`)
  process.exit(2)
}

const arrivals = ramp({ from: 10, to: 40, seconds: Number(values.seconds) })
const wanted = scenarios.filter(({ name }) => values.only.includes(name))
const played: Record<string, Played> = {}
for (const scenario of wanted) {
  const result = await play(scenario, arrivals, Number(values.speed))
  played[scenario.name] = result
  if (result.failed > 0) console.error(result.errors)
}

if (values.json) console.log(JSON.stringify(played))
else {
  const rows = wanted.map(({ name, article }) => {
    const { invocations, failed, layer, getParameter, aws } = played[name] as Played
    const calls = { 'to the layer': layer, GetParameter: getParameter, 'all AWS calls': aws }
    return [name, { invocations, failed, ...calls, 'the article': article ?? '' }]
  })
  console.log(`18 environments, 10 to 40 requests a second over ${values.seconds} s`)
  console.table(Object.fromEntries(rows))
}
