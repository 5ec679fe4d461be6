/** Stands for a database: it takes one password, and tells by a RangeError that another is wrong. */
export const database = { password: 'first' }

export async function connect({ user, password }: { user: string; password: string }): Promise<string> {
  if (password !== database.password) throw new RangeError('access denied')
  return `connected as ${user}`
}
