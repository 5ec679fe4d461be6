/** A line of the layer's log, without what is the same in each: it must fit into a terminal. */
export const layerLine = (line: string): string =>
  line.replace(/^\[AWS Parameters and Secrets Lambda Extension\] \S+ \S+ /, 'layer log: ')
