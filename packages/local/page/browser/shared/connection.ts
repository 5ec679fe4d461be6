import type { Answer, Update } from '../../../src/page/messages.ts'
import { status, take } from './state.ts'
import { keepToken, takeToken } from './token.ts'

/** Milliseconds without a sign of life after which the stand-in counts as lost; it sends one every 3 s. */
const SILENCE = 8_000
const PAUSE = 500

let token: string | undefined

/** Listens to the stand-in for as long as the page is open, and comes back to it when it was lost. */
export const connect = async (): Promise<void> => {
  token = takeToken()
  addEventListener('hashchange', () => {
    const before = token
    token = takeToken()
    if (token !== before) status.value = 'connecting'
  })
  for (;;) {
    if (token === undefined) status.value = 'refused'
    // A stream that was open and ended, as those of an agent do each minute, is opened again at once.
    else if (status.value !== 'refused' && (await listen(token))) continue
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
  }
}

/** Tries another token, which a person has pasted. */
export const useToken = (pasted: string): void => {
  token = /(?:#token=)?([\w-]+)\s*$/.exec(pasted)?.[1]
  if (token === undefined) return
  keepToken(token)
  status.value = 'connecting'
}

/** Listens until the stream ends; resolves to whether it was open. */
const listen = async (held: string): Promise<boolean> => {
  let isOpen = false
  const abort = new AbortController()
  let silence = setTimeout(() => abort.abort(), SILENCE)
  try {
    const answer = await fetch('page/events', { headers: headersFor(held), signal: abort.signal })
    if (answer.status === 401) {
      status.value = 'refused'
      return false
    }
    if (!answer.body) throw new Error('no body')
    let text = ''
    for await (const piece of pieces(answer.body.pipeThrough(new TextDecoderStream()))) {
      clearTimeout(silence)
      silence = setTimeout(() => abort.abort(), SILENCE)
      const messages = (text + piece).split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) take(JSON.parse(message.slice('data: '.length)) as Update)
      status.value = 'open'
      isOpen = true
    }
  } catch {
    // Whatever it was: it is tried again.
  } finally {
    clearTimeout(silence)
  }
  if (!isOpen) status.value = 'lost'
  return isOpen
}

/** Not every browser can iterate over a stream. */
async function* pieces(stream: ReadableStream<string>) {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

/** Sends a command; throws an error whose message is for people. */
export const send = async <Result = unknown>(command: string, given: object = {}): Promise<Result> => {
  const answer = await fetch(`page/${command}`, {
    method: 'POST',
    headers: { ...headersFor(token ?? ''), 'content-type': 'application/json' },
    body: JSON.stringify(given),
  }).catch(() => {
    throw new Error('The stand-in does not answer.')
  })
  const { result, error } = (await answer.json()) as Answer
  if (error) throw new Error(error.message)
  return result as Result
}

const headersFor = (held: string) => ({ 'x-secrets-cache-page': held })
