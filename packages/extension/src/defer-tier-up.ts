import { setFlagsFromString } from 'node:v8'

/** V8's default, by which a module of WebAssembly is compiled once more after about so many bytes have run. */
const usual = 13_000_000
/** Some hundred responses. */
const deferred = 2_000_000_000

/**
 * Runs `create`; the WebAssembly that it makes is compiled once more by the optimizing compiler only after some hundred
 * responses. By default that is after the fourth, and costs 50 to 90 ms of a processor: in the first invocation, of
 * which the functions have a fraction, for a parser that parses a few hundred bytes at a time.
 *
 * V8 reads the flag where a module is made, so it is changed for that moment only: docs/decisions/0024.
 */
export function deferTierUp(create: () => void): void {
  setFlagsFromString(`--wasm-tiering-budget=${deferred}`)
  try {
    create()
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${usual}`)
  }
}
