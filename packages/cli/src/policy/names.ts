const words = (name: string) => name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')

/** A name for a variable: `chargeCard` of `charge-card`. */
export function camelCase(name: string): string {
  const [first = 'function', ...rest] = words(name)
  const joined = [first, ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('')
  return /^\d/.test(joined) ? `_${joined}` : joined
}

/** A name for Terraform: `charge_card` of `charge-card`. */
export function snakeCase(name: string): string {
  const joined = words(name).join('_').toLowerCase()
  return /^\d/.test(joined) ? `_${joined}` : joined
}
