import { refuse } from './bad-file.ts'

/** YAML 1.2, and `!!binary` for bytes. The parser is loaded for such files only. */
export const parseYaml = async (file: string, text: string): Promise<unknown> => {
  const { LineCounter, parseDocument } = await import('yaml')
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, customTags: ['binary'] })
  const [error] = document.errors
  if (!error) return document.toJS()
  const { line, col } = lineCounter.linePos(error.pos[0])
  // Its message may quote the text; its code does not.
  return refuse(`${file}:${line}:${col}`, `this is not YAML (${error.code})`)
}
