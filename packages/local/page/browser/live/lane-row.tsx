import type { Held } from '../../../src/held.ts'
import { count, span as inWords, versionName } from '../shared/format.ts'
import { type Lane, pathOf, ROWS, type Span } from './lanes-data.ts'
import { OUTCOMES } from './outcome.ts'

const ROW_HEIGHT = 14
const GAP = 4

interface LaneRowProps {
  readonly lane: Lane
  readonly span: Span
  readonly now: number
  /** What the layer holds of this value. */
  readonly held: readonly Held[]
}

/** One value: who got what of it, when it was rotated, and what the layer holds. */
export const LaneRow = ({ lane, span, now, held }: LaneRowProps) => {
  const { name, entry, counts, refused } = lane
  // The function has a row only where somebody posts its events.
  const rows = ROWS.filter((row) => row !== 'function' || lane.moments.function.some(Boolean))
  const height = rows.length * (ROW_HEIGHT + GAP)
  // The first version is no rotation.
  const versions = (entry?.versions ?? [])
    .slice(0, -1)
    .filter(({ at: when }) => when > span.from && when <= span.to)
  const at = (time: number) => ((time - span.from) / (span.to - span.from)) * span.moments
  const summary = [
    `${count(counts.layer, 'request')} to the layer`,
    `${count(counts.AWS, 'call')} of AWS`,
    `${count(counts.function, 'event')} of the function`,
    `${refused} refused`,
    count(versions.length, 'new version'),
  ].join(', ')
  return (
    <li class="lane">
      <div class="title">
        <h3>{name}</h3>
        <ul class="ages">
          {held.map((one) => (
            <Age key={`${one.selector} ${one.since}`} held={one} lane={lane} now={now} />
          ))}
          {held.length === 0 && <li class="muted">not held by the layer</li>}
        </ul>
      </div>
      <div class="rows">
        <div class="names" aria-hidden="true">
          {rows.map((row) => (
            <span key={row} class="row-name">
              {row}
            </span>
          ))}
        </div>
        <svg
          viewBox={`0 0 ${span.moments} ${height}`}
          height={height}
          preserveAspectRatio="none"
          role="img"
          aria-label={summary}
        >
          {rows.map((row, index) => (
            <g key={row} transform={`translate(0 ${index * (ROW_HEIGHT + GAP)})`}>
              <path class="base" d={`M0 ${ROW_HEIGHT}h${span.moments}`} />
              {OUTCOMES.map((outcome) => (
                <path key={outcome} class={outcome} d={pathOf(lane.moments[row], outcome, ROW_HEIGHT)} />
              ))}
            </g>
          ))}
          {versions.map(({ id, at: when }) => (
            <path key={id} class="rotated" d={`M${at(when)} 0v${height}`} />
          ))}
        </svg>
        <div class="marks" aria-hidden="true">
          {entry &&
            versions.map(({ id, at: when }) => (
              <span key={id} class="mark" style={{ left: `${(at(when) / span.moments) * 100}%` }}>
                {versionName(entry, id)}
              </span>
            ))}
        </div>
      </div>
    </li>
  )
}

interface AgeProps {
  readonly held: Held
  readonly lane: Lane
  readonly now: number
}

/** How old the layer's copy is, and whether it is the current version. */
const Age = ({ held: { version, selector, since, ttl }, lane: { entry }, now }: AgeProps) => {
  const age = Math.max(0, now - since)
  const isOver = age >= ttl * 1000
  const isOld = entry !== undefined && selector === '' && version !== entry.current
  return (
    <li class={isOld ? 'old' : ''}>
      layer holds {entry ? versionName(entry, version) : 'it'}
      {isOld && ' (old)'}
      {selector !== '' && ` for ${selector}`}
      {isOver ? ', expired' : `, ${inWords(age)} of ${ttl} s`}
      <progress max={ttl * 1000} value={Math.min(age, ttl * 1000)} aria-label="Age" />
    </li>
  )
}
