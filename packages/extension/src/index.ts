export type { AgentOptions } from './cached-for.ts'
export type {
  DispatchController,
  Dispatcher,
  DispatchHandler,
  DispatchOptions,
} from './dispatcher.ts'
export { type ExtensionOptions, extension } from './extension.ts'

// Kept back: the client of ./undici-client.ts, loaded with the first request and not before.
