// What a template leaves open stands as a placeholder in a text: the same intrinsic gives the same placeholder, so that
// a name in a variable and in a policy agree whatever it will be. Private-use characters keep it apart from any name.
const open = '\uE000'
const close = '\uE001'
const each = /\uE000([^\uE000\uE001]*)\uE001/g

/** A placeholder; a colon in it would be taken for one of an ARN. */
export function placeholder(label: string): string {
  return `${open}${label.replaceAll(/[:\s]+/g, '.')}${close}`
}

export const hasPlaceholder = (text: string): boolean => text.includes(open)

/** For people: `${Stage}/orders`. */
export function shown(text: string): string {
  return text.replaceAll(each, (_, label: string) => `\${${label.replace(/^AWS\./, 'AWS::')}}`)
}

/** As a pattern: whatever stands there. */
export function asPattern(text: string): string {
  return text.replaceAll(each, '*')
}
