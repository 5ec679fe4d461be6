import { type Handler, text } from '../http.ts'
import type { PageContext } from './parts.ts'
import { PAGE_PATH } from './path.ts'
import { createPageToken } from './token.ts'

export interface LazyPage {
  /** The address that people open: its fragment has the token, which is never sent. */
  readonly address: string
  readonly handler: Handler
}

/** The page, whose modules and files are loaded at the first request for them. */
export const createLazyPage = (context: Omit<PageContext, 'token'>): LazyPage => {
  const token = createPageToken()
  let page: Promise<Handler> | undefined
  return {
    address: `${context.about.url}${PAGE_PATH}#token=${token}`,
    handler: async (request) => {
      page ??= import('./page.ts').then(({ createPage }) => createPage({ ...context, token }))
      return (await page)(request)
    },
  }
}

/** What answers when there is no page. */
export const noPage: Handler = async () => text(404, 'This stand-in was started without its page.')
