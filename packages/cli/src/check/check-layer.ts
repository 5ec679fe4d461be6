import { isThroughLayer, sourcesIn } from '@secrets-cache/core/internal/permissions'
import type { ImportReport } from '../import/report.ts'
import { hasPlaceholder, shown } from '../template/placeholder.ts'
import type { TemplateFunction } from '../template/template-function.ts'
import { type Finding, findingsFor } from './finding.ts'

const publicParameter = /aws-parameters-and-secrets-lambda-extension\/(x86|arm64)\//
const layerName = /:layer:AWS-Parameters-and-Secrets-Lambda-Extension(-Arm64)?(:|$)/

/** Whether AWS's layer is attached where `extension()` is the source, for the function's processor. */
export function checkLayer(
  name: string,
  report: ImportReport,
  template: TemplateFunction,
): readonly Finding[] {
  const tell = findingsFor(name, 'layer')
  const sources = report.readers.flatMap(({ keys }) => keys.map(({ source }) => source))
  const attached: readonly string[] = template.layers.flatMap((layer) => architectureOf(layer) ?? [])
  if (!sources.some(isThroughLayer)) {
    const isUsed =
      report.failure !== undefined ||
      sources.some((source) => sourcesIn(source).some((one) => one === 'agent'))
    return attached.length > 0 && sources.length > 0 && !isUsed
      ? [tell('note', 'the layer is attached, and no source asks it.')]
      : []
  }
  if (template.isImage) {
    return [
      tell(
        'unknown',
        "cannot tell whether the extension is in the image: a layer's files must be copied into it.",
      ),
    ]
  }
  if (attached.length === 0) {
    const open = template.layers.find(hasPlaceholder)
    return open === undefined
      ? [
          tell(
            'finding',
            'the layer is not attached, which extension() asks: AWS Parameters and Secrets Lambda Extension.',
          ),
        ]
      : [tell('unknown', `cannot tell whether the layer is attached: see ${shown(open)}.`)]
  }
  const { architecture } = template
  if (hasPlaceholder(architecture))
    return [tell('unknown', `cannot tell the architecture: see ${shown(architecture)}.`)]
  return attached.includes(architecture)
    ? []
    : [
        tell(
          'finding',
          `the layer is that for ${attached.join(', ')}, and the function runs on ${architecture}.`,
        ),
      ]
}

/** The processor of AWS's layer, by its ARN or the public parameter that names it. */
function architectureOf(layer: string): 'x86_64' | 'arm64' | undefined {
  const [, processor] = publicParameter.exec(layer) ?? []
  if (processor !== undefined) return processor === 'arm64' ? 'arm64' : 'x86_64'
  const match = layerName.exec(layer)
  if (!match) return undefined
  return match[1] === undefined ? 'x86_64' : 'arm64'
}
