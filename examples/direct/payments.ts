export interface Credentials {
  readonly account: string
  readonly key: string
}

/** Stands for a payment provider, which refuses a key that is not the newest. */
export const provider = { key: 'a-key' }

export async function charge({ account, key }: Credentials): Promise<string> {
  if (key !== provider.key) throw Object.assign(new Error('Unauthorized'), { status: 401 })
  return `charged to ${account}`
}
