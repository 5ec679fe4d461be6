/** Licences of what users install: permissive ones that ask for a notice at most. */
const published: readonly string[] = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause']

/** Licences of development tools, which are not distributed. */
const development: readonly string[] = [
  ...published,
  '0BSD',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'MPL-2.0',
  'Python-2.0',
]

/** Packages by licence, as `pnpm licenses list --json` prints them. */
export type Licenses = Readonly<Record<string, readonly { readonly name: string }[]>>

/** The packages whose licence is not on the list, each with that licence. */
export function refusedLicenses(licenses: Licenses, isPublished: boolean): readonly string[] {
  const allowed = isPublished ? published : development
  return Object.entries(licenses)
    .filter(([license]) => !isAllowed(license, allowed))
    .flatMap(([license, packages]) => packages.map(({ name }) => `${name}: ${license}`))
}

/** Of alternatives (OR), one must be allowed; of licences that apply together (AND), all. */
function isAllowed(license: string, allowed: readonly string[]): boolean {
  return license
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => allowed.includes(one.trim())))
}
