export * from './fetch.ts'
export { recorded } from './recorded.ts'
export * from './serve.ts'
