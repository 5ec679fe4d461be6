import { writeSync } from 'node:fs'
import { type ImportReport, reportFile } from '../report.ts'

let isSent = false

/** Sends the one report, before anything else can end the process. */
export function sendReport(report: Omit<ImportReport, 'printed' | 'bundled'>): void {
  if (isSent) return
  isSent = true
  const bytes = Buffer.from(JSON.stringify(report))
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(reportFile, bytes, sent)
}
