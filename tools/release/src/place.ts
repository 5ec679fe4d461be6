import { readManifest, root } from './published.ts'

/** What stands for the owner of the repository as long as nobody has decided it: nothing can be published with it. */
export const undecidedOwner = 'OWNER'

/** Where the repository is on GitHub, `owner/name`, as the root's package.json says; all links are made from it. */
export function readPlace(repository = root): string {
  const url = readManifest(`${repository}package.json`).repository?.['url'] ?? ''
  const [, place] = /^git\+https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\.git$/.exec(url) ?? []
  if (!place)
    throw new Error(
      `package.json: repository.url is "${url}"; it is "git+https://github.com/owner/name.git". Set it with \`npm run release:place -- --to owner/name\`.`,
    )
  return place
}

export const isDecided = (place: string): boolean => !place.startsWith(`${undecidedOwner}/`)

/** The fields of a package's package.json that depend on the place. */
export function fieldsOf(place: string, folder: string) {
  const address = `https://github.com/${place}`
  return {
    homepage: `${address}/tree/main/packages/${folder}#readme`,
    bugs: `${address}/issues`,
    repository: { type: 'git', url: `git+${address}.git`, directory: `packages/${folder}` },
  }
}
