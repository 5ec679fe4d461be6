import type { Local } from '../../src/index.ts'
import type { Update } from '../../src/page/messages.ts'
import { type Answer, ask } from '../ask.ts'

export const tokenOf = ({ page = '' }: Local): string => new URL(page).hash.slice('#token='.length)

/** A request to the page's API, with its token. */
export const askPage = (
  local: Local,
  command: string,
  given: object = {},
  headers: Record<string, string> = {},
): Promise<Answer> =>
  ask(local.url, `/_local/page/${command}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-secrets-cache-page': tokenOf(local), ...headers },
    body: JSON.stringify(given),
  })

/** The result of a command that must succeed. */
export const tellPage = async (local: Local, command: string, given: object = {}): Promise<unknown> => {
  const { result, error } = JSON.parse((await askPage(local, command, given)).text)
  if (error) throw new Error(error.message)
  return result
}

/** The stream's messages, as they come. */
export async function* updates(local: Local): AsyncGenerator<Update> {
  const headers = { 'x-secrets-cache-page': tokenOf(local) }
  const abort = new AbortController()
  const { body } = await fetch(`${local.url}/_local/page/events`, { headers, signal: abort.signal })
  if (!body) throw new Error('The stream has no body.')
  let text = ''
  try {
    for await (const piece of body.pipeThrough(new TextDecoderStream())) {
      const messages = (text + piece).split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) yield JSON.parse(message.slice('data: '.length)) as Update
    }
  } finally {
    abort.abort()
  }
}

/** The first message for which this is true. */
export const updateWhere = async (
  stream: AsyncGenerator<Update>,
  isIt: (update: Update) => boolean,
): Promise<Update> => {
  for (;;) {
    const { done, value } = await stream.next()
    if (done) throw new Error('The stream ended.')
    if (isIt(value)) return value
  }
}
