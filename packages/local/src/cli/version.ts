import { readFileSync } from 'node:fs'

/** This package's version; its package.json lies above `src` and above `dist`. */
export const version = (cli: string): string =>
  JSON.parse(readFileSync(new URL('../package.json', cli), 'utf8')).version
