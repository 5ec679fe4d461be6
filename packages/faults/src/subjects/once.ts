/** Makes what all handlers of one environment share, with the first of them. */
export function once<Made>(shared: Map<unknown, unknown>, name: string, make: () => Made): Made {
  if (!shared.has(name)) shared.set(name, make())
  return shared.get(name) as Made
}
