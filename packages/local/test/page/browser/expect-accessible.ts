import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect } from '@jest/globals'
import type { Page } from 'playwright-core'

const file = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

interface Violation {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** Fails where axe finds anything that is serious or critical, contrast included. */
export const expectAccessible = async (page: Page): Promise<void> => {
  // Evaluated by the debugger: the page's own policy forbids scripts that are not its own.
  await page.evaluate(await readFile(file, 'utf8'))
  const { violations } = (await page.evaluate('axe.run()')) as { readonly violations: readonly Violation[] }
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(
    serious.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]),
  ).toEqual([])
}
