import { refuse } from './flags.ts'

export const PAGE_FLAGS = {
  open: { type: 'boolean' },
  'no-page': { type: 'boolean' },
} as const

export interface PageFlags {
  /** Whether the stand-in has its page. */
  readonly page: boolean
  /** Whether a browser opens it at once. */
  readonly open: boolean
}

export interface PageValues {
  readonly open?: boolean | undefined
  readonly 'no-page'?: boolean | undefined
}

/** Reads the flags of the page. */
export const pageFlags = ({ open = false, 'no-page': noPage = false }: PageValues): PageFlags => {
  if (open && noPage) refuse('--open shows the page that --no-page leaves out; give one of them')
  return { page: !noPage, open }
}

/** For the help. */
export const PAGE_HELP: readonly (readonly string[])[] = [
  ['--open', 'opens its page in the browser: the account, live requests, faults as switches'],
  ['--no-page', 'without that page'],
]
