// `npm run sbom`: a CycloneDX SBOM for each published package, into out/sbom. What a build put into our files is in no
// dependency of the package, so it is added here.
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { readPublished, root } from './published.ts'
import { pnpm } from './run.ts'
import { bundledIn } from './tarball.ts'
import { purlOf } from './wrong-sbom.ts'

const published = readPublished()
const filters = published.flatMap(({ manifest }) => ['--filter', manifest.name])
await pnpm(
  ['sbom', '--prod', '--split', '--sbom-format', 'cyclonedx', '--out', 'out/sbom/%s.json', ...filters],
  root,
)

for (const { folder, manifest } of published) {
  const file = `${root}out/sbom/${manifest.name.slice(1).replace('/', '-')}.json`
  const sbom = JSON.parse(readFileSync(file, 'utf8'))
  const built = globSync(`packages/${folder}/dist/*.js`, { cwd: root })
  const files = new Map(built.map((path) => [path, readFileSync(root + path, 'utf8')]))
  const told = sbom.components.map(({ purl }: { purl: string }) => purl)
  for (const [name, version] of bundledIn({ files })) {
    const purl = purlOf(name, version)
    if (told.includes(purl)) continue
    const { license } = JSON.parse(
      readFileSync(`${root}packages/${folder}/node_modules/${name}/package.json`, 'utf8'),
    )
    sbom.components.push({
      type: 'library',
      name,
      version,
      purl,
      'bom-ref': purl,
      licenses: [{ license: { id: license } }],
    })
    const own = sbom.dependencies.find(
      ({ ref }: { ref: string }) => ref === sbom.metadata.component['bom-ref'],
    )
    own.dependsOn = [...(own.dependsOn ?? []), purl]
  }
  writeFileSync(file, `${JSON.stringify(sbom, null, 2)}\n`)
  console.log(`${file.slice(root.length)}: ${sbom.components.length} components`)
}
