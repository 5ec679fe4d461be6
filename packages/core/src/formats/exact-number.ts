/** Whether a JavaScript number can hold what a JSON number says: no digit is lost, and it is not too large. */
export function isExact(literal: string): boolean {
  // Fifteen digits always fit.
  if (literal.length <= 15 && !/[eE]/.test(literal)) return true
  const number = Number(literal)
  return Number.isFinite(number) && decimalOf(literal) === decimalOf(String(number))
}

/** A number in one form for each value: its digits without zeros at either end, and the power of ten after them. */
function decimalOf(literal: string): string {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  const power = Number(exponent) - fraction.length + digits.length - significant.length
  return `${sign}${significant}e${power}`
}
