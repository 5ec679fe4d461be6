/** Sends a command to the page's API; `address` is `local.page`. */
export async function tellPage(address: string, command: string, given: object): Promise<void> {
  const { origin, hash } = new URL(address)
  const answer = await fetch(`${origin}/_local/page/${command}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-secrets-cache-page': hash.slice('#token='.length) },
    body: JSON.stringify(given),
  })
  if (!answer.ok) throw new Error(`The page refused ${command}: ${await answer.text()}`)
}
