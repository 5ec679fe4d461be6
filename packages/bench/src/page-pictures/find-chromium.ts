import { existsSync } from 'node:fs'
import { UnavailableError } from '../bench.ts'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** @throws UnavailableError where there is none */
export function findChromium(): string {
  const found = [process.env['CHROMIUM'] ?? '', ...places].find((place) => existsSync(place))
  if (found === undefined)
    throw new UnavailableError(
      'there is no Chromium here (Debian: apt-get install chromium); CHROMIUM names one',
    )
  return found
}
