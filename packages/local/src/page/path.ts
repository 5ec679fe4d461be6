import type { LocalRequest } from '../http.ts'

export const PAGE_PATH = '/_local/'

/** Whether a request is for the page, and not a command of a parent process, which has the same path and is a POST. */
export const isForPage = ({ path, method }: Pick<LocalRequest, 'path' | 'method'>): boolean =>
  path.startsWith(`${PAGE_PATH}page/`) || (path.startsWith(PAGE_PATH) && method !== 'POST')
