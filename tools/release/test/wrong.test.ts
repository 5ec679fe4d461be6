import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { describe, expect, it } from '@jest/globals'
import { listed, wrongFiles } from '../src/file-list.ts'
import { fieldsOf } from '../src/place.ts'
import { root } from '../src/published.ts'
import type { Tarball } from '../src/tarball.ts'
import { wrongContent } from '../src/wrong-content.ts'
import { wrongSbom } from '../src/wrong-sbom.ts'

const place = 'somebody/secrets-cache'
const manifest = { name: '@secrets-cache/core', version: '1.2.3', ...fieldsOf(place, 'core') }

/** A tarball that is as it should be, but for the files given. */
function tarball(files: Readonly<Record<string, string>> = {}, fields: object = {}): Tarball {
  const own = { ...manifest, ...fields }
  const text = JSON.stringify(own)
  const all = { LICENSE: readFileSync(`${root}LICENSE`, 'utf8'), 'package.json': text, ...files }
  return { path: 'core.tgz', manifest: own, files: new Map(Object.entries(all)) }
}
const wrong = (...given: Parameters<typeof tarball>) =>
  wrongContent(tarball(...given), place, '/somewhere/built/')

describe('wrongContent', () => {
  it('says nothing of a tarball that is as it should be', () => {
    expect(wrong({ 'dist/index.js': 'export const a = 1\n' })).toEqual([])
  })

  it.each([
    ['a value of a test', "'CANARY-value'"],
    ['an AWS access key', `const key = "${'AKIA'}${'X'.repeat(16)}"`],
    ['a private key', '-----BEGIN EC PRIVATE KEY-----'],
    ['a token of npm', `npm_${'a'.repeat(36)}`],
    ['a token of GitHub', `ghp_${'a'.repeat(36)}`],
    ['a source map', 'export {}\n//# sourceMappingURL=index.js.map'],
    ['a path of the machine that built it', 'at /home/somebody/project/index.ts'],
    ['a path of the machine that built it', 'C:\\Users\\somebody\\project'],
    ['a path of this machine', '// /somewhere/built/packages/core'],
    ['a path of this machine', `"${homedir()}/.npmrc"`],
  ])('finds %s', (what, text) => {
    expect(wrong({ 'dist/index.js': text })).toContain(`holds ${what}, in dist/index.js`)
  })

  it('finds a source map by its name', () => {
    expect(wrong({ 'dist/index.js.map': '{}' })).toEqual(['holds dist/index.js.map, a source map'])
  })

  it('wants the licence of the repository, and of what is bundled', () => {
    const dist = { 'dist/yaml.js': '/*! yaml 2.9.1, ISC: THIRD-PARTY-NOTICES.md */\nexport {}' }
    const notice = 'bundles yaml 2.9.1, of which THIRD-PARTY-NOTICES.md says nothing'
    expect(wrong({ LICENSE: 'other' })).toEqual(["has not the repository's LICENSE"])
    expect(wrong(dist)).toEqual([notice])
    expect(wrong({ ...dist, 'THIRD-PARTY-NOTICES.md': '## yaml 2.9.0' })).toEqual([notice])
    expect(wrong({ ...dist, 'THIRD-PARTY-NOTICES.md': '## yaml 2.9.1' })).toEqual([])
  })

  it.each([
    [{ bugs: 'elsewhere' }, 'has bugs "elsewhere"; it is "https://github.com/somebody/secrets-cache/issues"'],
    [
      { dependencies: { '@secrets-cache/core': '1.2.2' } },
      'needs @secrets-cache/core 1.2.2; all have one version, 1.2.3',
    ],
    [{ scripts: { postinstall: 'x' } }, 'runs its script postinstall when it is installed'],
    [
      { devDependencies: { a: 'workspace:*' } },
      'has "workspace:" in its package.json, which means something in this repository only',
    ],
  ])('refuses a package.json with %j', (fields, sentence) => {
    expect(wrong({}, fields)).toEqual([sentence])
  })
})

describe('wrongFiles', () => {
  const list = { '@secrets-cache/core': ['LICENSE', 'dist/chunk-*.js', 'dist/cache-*.d.ts', 'package.json'] }
  const hashed = { 'dist/chunk-BPQSEW5Z.js': '', 'dist/cache-Df92R9tm.d.ts': '' }

  it('takes names that a build makes for what they are', () => {
    expect(wrongFiles(tarball(hashed), list)).toEqual([])
    expect(listed(tarball({ 'dist/undici-client.js': '', 'dist/internal-permissions.cjs': '' }))).toEqual(
      expect.arrayContaining(['dist/undici-client.js', 'dist/internal-permissions.cjs']),
    )
  })

  it('finds what is too much, a second of the same kind also, and what is missing', () => {
    const { 'dist/cache-Df92R9tm.d.ts': _, ...chunk } = hashed
    const found = wrongFiles(tarball({ ...chunk, 'dist/chunk-AAAAAAAA.js': '', 'src/a.ts': '' }), list)
    expect(found).toEqual([
      'holds dist/chunk-*.js, which is not in tools/release/files.json',
      'holds src/a.ts, which is not in tools/release/files.json',
      'lacks dist/cache-*.d.ts, which is in tools/release/files.json',
    ])
  })
})

describe('wrongSbom', () => {
  const sbom = (...purls: string[]) => ({
    bomFormat: 'CycloneDX',
    metadata: { component: { purl: 'pkg:npm/%40secrets-cache/core@1.2.3' } },
    components: purls.map((purl) => ({ purl })),
  })

  it('wants every dependency and all that is bundled, in their versions', () => {
    const packed = tarball(
      { 'dist/yaml.js': '/*! yaml 2.9.1, ISC: THIRD-PARTY-NOTICES.md */' },
      { dependencies: { undici: '8.12.4' } },
    )
    expect(wrongSbom(sbom('pkg:npm/undici@8.12.4', 'pkg:npm/yaml@2.9.1'), packed)).toEqual([])
    expect(wrongSbom(sbom('pkg:npm/undici@8.12.3'), packed)).toEqual([
      'does not name undici 8.12.4',
      'does not name yaml 2.9.1',
    ])
  })

  it('refuses the SBOM of another package or format', () => {
    const other = { bomFormat: 'SPDX', metadata: { component: {} } }
    expect(wrongSbom(other, tarball())).toEqual([
      'is of the format SPDX, not CycloneDX',
      'is of undefined, not of pkg:npm/%40secrets-cache/core@1.2.3',
    ])
  })
})
