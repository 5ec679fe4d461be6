import type { LocalRequest } from '../http.ts'

export const PAGE_PATH = '/_local/'

type Asked = Pick<LocalRequest, 'path' | 'method' | 'headers'>

/** Whether a request is for the page, and not a command of a parent process, which has the same path and is a POST. */
export const isForPage = (asked: Asked): boolean =>
  asked.path.startsWith(`${PAGE_PATH}page/`) ||
  (asked.path.startsWith(PAGE_PATH) && asked.method !== 'POST') ||
  isNearPage(asked)

/** A person who types the address without its end, or without its path; neither the layer nor the agent has browsers. */
export const isNearPage = ({ path, method, headers }: Asked): boolean =>
  method === 'GET' && (path === '/_local' || path === '/') && headers['sec-fetch-mode'] === 'navigate'
