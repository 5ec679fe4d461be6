import { isFunctionsOwn } from './own-code.ts'

/** Notes which variables the function's own files read although they are not set. */
export function watchVariables(): { readonly missing: () => readonly string[] } {
  const names = new Set<string>()
  const { env } = process
  process.env = new Proxy(env, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as string | undefined
      if (value === undefined && typeof name === 'string' && isOwnRead()) names.add(name)
      return value
    },
  })
  return { missing: () => [...names] }
}

/** Whether the code that reads is the function's own. */
function isOwnRead(): boolean {
  const [, , , reader = ''] = (new Error().stack ?? '').split('\n')
  return isFunctionsOwn(reader)
}
