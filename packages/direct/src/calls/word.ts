/** A code or an id as AWS writes them; anything else is not passed on. */
export function word(given: unknown): string {
  return typeof given === 'string' && /^[\w.-]{1,80}$/.test(given) ? given : ''
}
