import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { fieldsOf } from './place.ts'
import { root } from './published.ts'
import { bundledIn, type Tarball } from './tarball.ts'

/** What never belongs into a published file, by what it is. */
const forbidden: Readonly<Record<string, RegExp>> = {
  // Every test's secret has this word in it.
  'a value of a test': /canary/i,
  'an AWS access key': /\b(?:AKIA|ASIA)[A-Z\d]{16}\b/,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'a token of npm': /\bnpm_[A-Za-z\d]{36}\b/,
  'a token of GitHub': /\b(?:gh[opsu]_[A-Za-z\d]{36}|github_pat_\w{20,})/,
  'a source map': /^\/[/*][#@] sourceMappingURL=/m,
  'a path of the machine that built it': /(?:\/home\/|\/Users\/|\b[A-Z]:\\+Users\\+)[\w.-]+[\\/]/,
}

/** Everything about the contents of a tarball that must not be published; a sentence each. */
export function wrongContent(tarball: Tarball, place: string, built = root): readonly string[] {
  return [...wrongTexts(tarball, built), ...wrongLicences(tarball), ...wrongManifest(tarball, place)]
}

function wrongTexts({ files }: Tarball, built: string): string[] {
  const paths = [built.replace(/\/$/, ''), homedir()].filter((path) => path.length > 3)
  return [...files].flatMap(([file, text]) => [
    ...(file.endsWith('.map') ? [`holds ${file}, a source map`] : []),
    ...Object.entries(forbidden)
      .filter(([, pattern]) => pattern.test(text))
      .map(([what]) => `holds ${what}, in ${file}`),
    ...paths
      .filter((path) => text.includes(`${path}/`))
      .map(() => `holds a path of this machine, in ${file}`),
  ])
}

function wrongLicences(tarball: Tarball): string[] {
  const { files } = tarball
  const licence = readFileSync(`${root}LICENSE`, 'utf8')
  const notices = files.get('THIRD-PARTY-NOTICES.md')
  return [
    ...(files.get('LICENSE') === licence ? [] : ["has not the repository's LICENSE"]),
    ...bundledIn(tarball)
      .map(([name, version]) => `${name} ${version}`)
      .filter((name) => !notices?.includes(name))
      .map((name) => `bundles ${name}, of which THIRD-PARTY-NOTICES.md says nothing`),
  ]
}

function wrongManifest({ manifest, files }: Tarball, place: string): string[] {
  const text = files.get('package.json') as string
  const folder = manifest.name.replace('@secrets-cache/', '')
  const expected = Object.entries(fieldsOf(place, folder))
  const field = (name: string) => JSON.stringify((manifest as unknown as Record<string, unknown>)[name])
  const ours = Object.entries(manifest.dependencies ?? {}).filter(([name]) =>
    name.startsWith('@secrets-cache/'),
  )
  const atInstall = ['preinstall', 'install', 'postinstall', 'prepare']
  return [
    ...expected
      .filter(([name, value]) => field(name) !== JSON.stringify(value))
      .map(([name, value]) => `has ${name} ${field(name)}; it is ${JSON.stringify(value)}`),
    ...['workspace:', '@secrets-cache/source']
      .filter((word) => text.includes(word))
      .map((word) => `has "${word}" in its package.json, which means something in this repository only`),
    ...ours
      .filter(([, version]) => version !== manifest.version)
      .map(([name, version]) => `needs ${name} ${version}; all have one version, ${manifest.version}`),
    ...atInstall
      .filter((script) => script in (manifest.scripts ?? {}))
      .map((script) => `runs its script ${script} when it is installed`),
  ]
}
