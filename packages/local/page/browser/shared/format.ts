import type { EntryView } from '../../../src/page/messages.ts'

/** `64 B`, `1.5 KB`. */
export const bytes = (count: number): string =>
  count < 1000 ? `${count} B` : `${(count / 1024).toFixed(1)} KB`

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** `14:03:09`. */
export const time = (at: number): string => clock.format(at)

/** `14:03:09.120`. */
export const exactTime = (at: number): string =>
  `${time(at)}.${String(Math.floor(at) % 1000).padStart(3, '0')}`

/** `4 s`, `3 min`, `2 h`. */
export const span = (milliseconds: number): string => {
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 100) return `${Math.round(seconds)} s`
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}

export const count = (number: number, what: string): string =>
  `${number.toLocaleString('en-GB')} ${what}${number === 1 ? '' : 's'}`

/** `v3`: a parameter's version, or the place of a secret's version in their order, because its id is long. */
export const versionName = ({ kind, versions }: EntryView, id: string): string => {
  if (kind === 'parameter') return `v${id}`
  const index = versions.findIndex((version) => version.id === id)
  return index < 0 ? 'a version that is gone' : `v${versions.length - index}`
}
