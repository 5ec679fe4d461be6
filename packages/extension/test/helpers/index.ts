export * from './fetch.ts'
export * from './process.ts'
export { recorded } from './recorded.ts'
export * from './serve.ts'
