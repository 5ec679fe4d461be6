import { type Handler, json, type LocalRequest, type LocalResponse } from '../http.ts'
import { assets } from './assets.ts'
import { createPageCommands } from './commands.ts'
import { feed } from './feed.ts'
import { createFunctionEvents } from './function-events.ts'
import { SAFE_HEADERS } from './headers.ts'
import type { PageContext, PageParts } from './parts.ts'
import { isNearPage, PAGE_PATH } from './path.ts'
import { answerCommand } from './run-command.ts'
import { isSame, PAGE_HEADER } from './token.ts'

/** The page's files, which hold nothing, and its API, which wants the token. */
export const createPage = (context: PageContext): Handler => {
  const parts: PageParts = { ...context, events: createFunctionEvents() }
  const commands = createPageCommands(parts)

  const answer = async (request: LocalRequest): Promise<LocalResponse> => {
    if (isNearPage(request)) return { status: 302, headers: { location: PAGE_PATH } }
    const name = request.path.slice(PAGE_PATH.length)
    if (!name.startsWith('page/') || name === 'page/') return file(request, name)
    if (!isSame(request.headers[PAGE_HEADER] ?? '', context.token))
      return json(401, {
        error: {
          code: 'CONTROL',
          message: 'The token is missing or wrong: open the address that was printed.',
        },
      })
    const command = name.slice('page/'.length)
    if (command === 'events' && request.method === 'GET') return feed(parts)
    return answerCommand(commands, command, request)
  }

  return async (request) => {
    const answered = await answer(request)
    return { ...answered, headers: { ...SAFE_HEADERS, ...answered.headers } }
  }
}

const file = async ({ method }: LocalRequest, name: string): Promise<LocalResponse> => {
  const all = await assets()
  const asset = all[name === '' ? 'index.html' : name]
  if (!asset || !Object.hasOwn(all, name === '' ? 'index.html' : name))
    return json(404, { error: 'no such file' })
  if (method !== 'GET') return json(405, { error: 'GET only' })
  return { status: 200, headers: { 'content-type': asset.type }, body: asset.body }
}
