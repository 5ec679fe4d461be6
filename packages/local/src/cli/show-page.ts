import type { Local } from '../start.ts'
import type { PageFlags } from './page-flags.ts'

/** Opens the page in the browser, where `--open` asks for it. A machine without a browser is told so. */
export const showPage = async (
  { page }: Pick<Local, 'page'>,
  flags: PageFlags,
  warn: (line: string) => void = console.error,
): Promise<void> => {
  if (!flags.open || page === undefined) return
  try {
    const { default: open } = await import('open')
    const opener = await open(page)
    opener.once('error', () => warn(`No browser could be opened; the page is ${page}`))
  } catch {
    warn(`No browser could be opened; the page is ${page}`)
  }
}
