const WORDS = [
  ['fresh', 'served'],
  ['asked', 'loaded from AWS'],
  ['stale', 'stale or retried'],
  ['refused', 'refused'],
  ['rotated', 'new version'],
] as const

export const Legend = () => (
  <ul class="legend" aria-label="Legend">
    {WORDS.map(([name, words]) => (
      <li key={name}>
        <span class={`key ${name}`} />
        {words}
      </li>
    ))}
  </ul>
)
