// What `packages/faults` needs of this package too.
export { readPart, writePart } from './page-part.ts'
export { replaceDate } from './replace-date.ts'
export { startRuntimeApi } from './runtime-api.ts'
export { seeded } from './seeded.ts'
export { markdownTable, table } from './table.ts'
