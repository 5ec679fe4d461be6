import type { Measured } from './samples.ts'

/** Three significant digits. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return '-'
  if (Number.isInteger(value)) return String(value)
  const size = Math.abs(value)
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)
}

/** A median, and the range of the middle half of the rounds. */
export function spread({ median, low, high }: Measured): string {
  return `${digits(median)} (${digits(low)}..${digits(high)})`
}

export function times(value: number): string {
  return `${value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)} x`
}
