import { bundledIn, type Tarball } from './tarball.ts'

/** A CycloneDX SBOM, as far as it is looked at. */
export interface Sbom {
  readonly bomFormat: string
  readonly metadata: { readonly component: { readonly purl?: string } }
  readonly components?: readonly { readonly purl?: string }[]
}

/** What the SBOM of a package does not tell; a sentence each. */
export function wrongSbom(sbom: Sbom, tarball: Tarball): readonly string[] {
  const { name, version, dependencies = {} } = tarball.manifest
  const told = (sbom.components ?? []).map(({ purl }) => purl)
  const inside = [...Object.entries(dependencies), ...bundledIn(tarball)]
  return [
    ...(sbom.bomFormat === 'CycloneDX' ? [] : [`is of the format ${sbom.bomFormat}, not CycloneDX`]),
    ...(sbom.metadata.component.purl === purlOf(name, version)
      ? []
      : [`is of ${sbom.metadata.component.purl}, not of ${purlOf(name, version)}`]),
    ...inside
      .filter(([needed, at]) => !told.includes(purlOf(needed, at)))
      .map(([needed, at]) => `does not name ${needed} ${at}`),
  ]
}

/** A package URL, as in the SBOM. */
export const purlOf = (name: string, version: string) => `pkg:npm/${name.replace('@', '%40')}@${version}`
