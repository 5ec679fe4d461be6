const KEY = 'token'

/**
 * The token from the address, which is removed there, so that no history and no screenshot has it. It is kept for this
 * tab and this origin, port included; a cookie would go to every port of this machine.
 */
export const takeToken = (): string | undefined => {
  const given = /^#token=([\w-]+)$/.exec(location.hash)?.[1]
  if (given === undefined) return sessionStorage.getItem(KEY) ?? undefined
  history.replaceState(null, '', location.pathname)
  keepToken(given)
  return given
}

export const keepToken = (token: string): void => sessionStorage.setItem(KEY, token)
