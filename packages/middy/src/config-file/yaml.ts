// What is used of yaml: built into a file of its own, so that nobody who does not read a file loads or installs it.
export { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
