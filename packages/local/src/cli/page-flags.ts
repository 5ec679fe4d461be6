import { type Flag, refuse } from './flags.ts'

export const PAGE_FLAGS: readonly Flag[] = [
  {
    flags: '--open',
    shown: '--open',
    about: 'opens its page in the browser: the account, live requests, faults as switches',
  },
  { flags: '--no-page', shown: '--no-page', about: 'without that page' },
]

export interface PageFlags {
  /** Whether the stand-in has its page. */
  readonly page: boolean
  /** Whether a browser opens it at once. */
  readonly open: boolean
}

/** The page among the flags that were given. */
export const pageFlags = ({ open = false, page = true }: Partial<PageFlags>): PageFlags => {
  if (open && !page) refuse('--open shows the page that --no-page leaves out; give one of them')
  return { page, open }
}
