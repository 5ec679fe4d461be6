// The article's load: 10 -> 40 requests a second over 60 s. `npm start -- --speed 1` takes as long as that did.
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { barChart, ramp, table } from '@secrets-cache/bench/load'
import { type Played, play } from './play.ts'
import { scenarios } from './scenarios.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    /** How many times faster than the clock. */
    speed: { type: 'string', default: '20' },
    /** The names of the scenarios to play; all where it is left out. */
    only: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    /** The folder of the chart. */
    out: { type: 'string', default: fileURLToPath(new URL('out', import.meta.url)) },
  },
})
const arrivals = ramp({ from: 10, to: 40, seconds: Number(values.seconds) })
const wanted = scenarios.filter(({ name }) => values.only?.includes(name) ?? true)
const played: Record<string, Played> = {}
for (const scenario of wanted) {
  const result = await play(scenario, arrivals, Number(values.speed))
  played[scenario.name] = result
  if (result.failed > 0) console.error(result.errors)
}

if (values.json) console.log(JSON.stringify(played))
else await show()

async function show(): Promise<void> {
  const title = ['invocations', 'failed', 'environments', 'to the layer', 'GetParameter', 'all AWS calls']
  const rows = wanted.map(({ name, article }) => {
    const { invocations, failed, environments, layer, getParameter, aws } = played[name] as Played
    return [name, invocations, failed, environments, layer, getParameter, aws, article ?? '']
  })
  console.log(table([['', ...title, 'the article'], ...rows]))

  const bars = wanted.map(({ name, article }) => {
    const { aws } = played[name] as Played
    return { label: name, value: aws, ...(article !== undefined && { compared: article }) }
  })
  const heading = `18 environments, 10 to 40 requests a second over ${values.seconds} s`
  const chart = `${values.out}/calls.svg`
  await mkdir(values.out, { recursive: true })
  await writeFile(chart, barChart({ title: heading, unit: 'calls to AWS', bars }))
  console.log(`\nThe chart: ${chart}`)
}
