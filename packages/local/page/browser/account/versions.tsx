import { useState } from 'preact/hooks'
import type { EntryView, VersionView } from '../../../src/page/messages.ts'
import type { ShownValue } from '../../../src/page/shown-value.ts'
import { bytes, time, versionName } from '../shared/format.ts'
import { Problem } from '../shared/problem.tsx'
import { useCommand } from '../shared/use-command.ts'

/** Older ones are listed on demand. */
const MOST = 5

/** The versions, newest first, each with its value on demand; only one value is shown at a time. */
export const Versions = ({ entry }: { readonly entry: EntryView }) => {
  const [shown, setShown] = useState<{ readonly id: string; readonly value: ShownValue }>()
  const [isAll, setAll] = useState(false)
  const { run, problem } = useCommand()
  const { kind, name, versions } = entry

  const show = async (id: string) => {
    const value = await run<ShownValue>('value', { kind, name, version: id })
    if (value) setShown({ id, value })
  }

  return (
    <section>
      <h3>Versions</h3>
      <ul class="versions">
        {(isAll ? versions : versions.slice(0, MOST)).map((version) => (
          <li key={version.id}>
            <VersionLine entry={entry} version={version} />
            <div class="value">
              {shown?.id === version.id ? (
                <code>{readable(shown.value)}</code>
              ) : (
                <span class="mask" role="img" aria-label="hidden">
                  ••••••••••••
                </span>
              )}
              <button
                type="button"
                class="quiet"
                aria-label={`${shown?.id === version.id ? 'Hide' : 'Show'} the value of ${versionName(entry, version.id)}`}
                onClick={() => (shown?.id === version.id ? setShown(undefined) : void show(version.id))}
              >
                {shown?.id === version.id ? 'Hide' : 'Show'}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {!isAll && versions.length > MOST && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          Show {versions.length - MOST} older
        </button>
      )}
      <Problem text={problem} />
    </section>
  )
}

const VersionLine = ({ entry, version }: { readonly entry: EntryView; readonly version: VersionView }) => (
  <div class="line">
    <strong>{versionName(entry, version.id)}</strong>
    {version.labels.map((label) => (
      <span key={label} class={`tag ${label === 'AWSCURRENT' ? 'current' : ''}`}>
        {label}
      </span>
    ))}
    {entry.kind === 'parameter' && version.id === entry.current && <span class="tag current">latest</span>}
    <span class="muted facts">
      {time(version.at)} · {bytes(version.bytes)}
    </span>
  </div>
)

const readable = ({ text, base64 }: ShownValue): string => {
  if (text === undefined) return `base64: ${base64}`
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' ? JSON.stringify(parsed, null, 2) : text
  } catch {
    return text
  }
}
