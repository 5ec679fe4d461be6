/** Breaks a cell at spaces, slashes, commas and colons, and elsewhere only where a part is longer than the column. */
export function wrapCell(text: string, width: number): string {
  const lines: string[] = ['']
  for (const part of text.split(/(?<=[\s/,:])/).flatMap((each) => pieces(each, width))) {
    const last = lines.at(-1) as string
    if (last.length + part.trimEnd().length <= width) lines[lines.length - 1] = last + part
    else lines.push(part)
  }
  return lines.map((line) => line.trimEnd()).join('\n')
}

function pieces(part: string, width: number): readonly string[] {
  return part.length <= width ? [part] : (part.match(new RegExp(`.{1,${width}}`, 'gs')) ?? [])
}
