// Makes `using` of this repository's own scripts and tests into what Node 22 can run. Node 22 strips types, but cannot
// parse `using`. Published code has none.
import { transformSync } from 'esbuild'

/** The source as Node 22 runs it; the same text where it has no `using`. */
export function lowerUsing(source: string, file: string): string {
  if (!/^\s*(?:await )?using \w/m.test(source)) return source
  return transformSync(source, {
    loader: 'ts',
    format: 'esm',
    target: 'node22.19',
    sourcefile: file,
    sourcemap: 'inline',
  }).code
}
