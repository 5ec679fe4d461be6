/** Plays a database that accepts one password and throws a RangeError for any other. */
export const database = { password: 'first' }

export async function connect({ user, password }: { user: string; password: string }): Promise<string> {
  if (password !== database.password) throw new RangeError('access denied')
  return `connected as ${user}`
}
