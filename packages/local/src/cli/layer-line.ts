/** A line of the layer's log with its long, constant beginning shortened, so that it fits into a terminal. */
export const layerLine = (line: string): string =>
  line.replace(/^\[AWS Parameters and Secrets Lambda Extension\] \S+ \S+ /, 'layer log: ')
