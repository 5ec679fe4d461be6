import { readFileSync } from 'node:fs'
import type { Plugin } from 'esbuild'
import { edits, replacements } from './undici-thin-edits.ts'

/**
 * Bundles undici's HTTP/1.1 client without what a GET on loopback never reaches.
 *
 * Its files are CommonJS, of which a bundler keeps all. Here they become ES modules, of which it keeps what is used,
 * and which stand in one scope instead of a function each. An edit that finds nothing to edit is an error: whoever
 * upgrades undici looks at it again.
 */
export const undiciThin: Plugin = {
  name: 'undici-thin',
  setup(build) {
    // A require() of a builtin breaks once an ESM output is bundled again; this survives every bundler.
    build.onResolve({ filter: /^node:/ }, ({ path, importer }) =>
      importsUndici(importer) ? { path, namespace: 'builtin' } : { path, external: true },
    )
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: replacements.get(path) ?? `export default process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
    build.onLoad({ filter: inUndici }, ({ path }) => {
      const file = path.replaceAll('\\', '/').replace(inUndici, '')
      return {
        contents: replacements.get(file) ?? toEsModule(file, editOf(file, readFileSync(path, 'utf8'))),
      }
    })
  },
}

const inUndici = /^.*[\\/]undici[\\/]lib[\\/]/
const importsUndici = (importer: string) => inUndici.test(importer)

function editOf(file: string, source: string): string {
  return (edits.get(file) ?? []).reduce((text, [wanted, replacement]) => {
    const count = text.split(wanted).length - 1
    if (count === 0)
      throw new Error(`undici's ${file} has nothing that is ${wanted}: see undici-thin-edits.ts.`)
    return text.replaceAll(new RegExp(wanted, `${wanted.flags}g`), replacement)
  }, source)
}

/** Rewrites the forms of require() and module.exports that undici's files have. */
function toEsModule(file: string, source: string): string {
  const text = source
    .replace(/^const (\w+) = require\((.+?)\)/gm, (_, name, path) =>
      hasNames(path) ? `import * as ${name} from ${path}` : `import ${name} from ${path}`,
    )
    .replace(/^const \{([^}]+)\} = require\((.+?)\)/gm, (_, names: string, path) =>
      path.includes('node:')
        ? `import ${variable(path)} from ${path}\nconst {${names}} = ${variable(path)}`
        : `import {${names.replaceAll(':', ' as')}} from ${path}`,
    )
    .replace(/^module\.exports = (\w+)$/m, 'export default $1')
    .replace(/^module\.exports = \{([\s\w,]+)\}$/m, 'export {$1}')
    .replace(/^module\.exports\.(\w+) = \1$/gm, 'export {$1}')
  const left = /\brequire\(.*|\bmodule\.exports.*|^exports\..*/m.exec(text)?.[0]
  if (left) throw new Error(`undici's ${file} is not an ES module yet: ${left}`)
  return text
}

/** Which of its files export several names, and not one thing. */
const hasNames = (path: string) => /core\/util|llhttp\/constants|util\/timers/.test(path)
const variable = (path: string) => `builtin_${path.replaceAll(/\W/g, '')}`
