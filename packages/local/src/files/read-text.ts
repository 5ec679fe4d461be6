import { readFileSync } from 'node:fs'
import { refuse } from './bad-file.ts'

/** The encodings that a byte order mark announces. */
const MARKED = [
  { mark: Buffer.from([0xff, 0xfe]), encoding: 'utf-16le' },
  { mark: Buffer.from([0xfe, 0xff]), encoding: 'utf-16be' },
]

/** Reads a text file without its byte order mark: UTF-8, or UTF-16 when the mark says so, as PowerShell writes it. */
export const readText = (file: string): string => {
  const bytes = readBytes(file)
  const encoding = MARKED.find(({ mark }) => mark.equals(bytes.subarray(0, 2)))?.encoding ?? 'utf-8'
  try {
    // The decoder drops the mark. `fatal` refuses bytes that would silently become other characters.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return refuse(file, `this is not ${encoding.toUpperCase()} text; save it as UTF-8`)
  }
}

/** The same for text that does not come from a file, such as a flag's value. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '')

const readBytes = (file: string): Buffer => {
  try {
    return readFileSync(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return refuse(file, code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`)
  }
}
