import type { Node } from '@babel/types'

/** A place that stays as it is, with the reason. What is around it goes on. */
export class CannotMigrate extends Error {
  override readonly name = 'CannotMigrate'
  readonly node: Node

  constructor(node: Node, reason: string) {
    super(reason)
    this.node = node
  }
}
