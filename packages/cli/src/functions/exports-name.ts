/**
 * Whether a module's text exports a name: 'yes', 'maybe' when it passes on another module's exports, or 'no'. Read and
 * not run: a file that is not the function may start a server.
 */
export const exportsName = (source: string, name: string): 'yes' | 'maybe' | 'no' => {
  const code = withoutComments(source)
  const word = name.replaceAll(/[$]/g, '\\$&')
  const said = [
    `\\bexport\\s+(async\\s+)?(function\\s*\\*?|class)\\s*${word}\\b`,
    `\\bexport\\s+(const|let|var)\\s[^=;]*\\b${word}\\b`,
    `\\bexport\\s+(const|let|var)\\s*{[^}]*\\b${word}\\b[^}]*}`,
    `\\bexport\\s*{([^}]*[\\s,])?(\\w+\\s+as\\s+)?${word}\\s*[,}]`,
    `\\bexports\\s*\\.\\s*${word}\\s*=(?!=)`,
    `\\bexports\\s*\\[\\s*['"]${word}['"]\\s*]\\s*=(?!=)`,
    `\\bmodule\\s*\\.\\s*exports\\s*=\\s*${keyOf(word)}`,
    `\\bdefineProperty\\(\\s*exports\\s*,\\s*['"]${word}['"]`,
    // esbuild's and SWC's way to export from CommonJS.
    `\\b_*export\\w*\\(\\s*\\w+\\s*,\\s*${keyOf(word)}`,
  ]
  if (new RegExp(said.join('|')).test(code)) return 'yes'
  const passesOn = /\bexport\s*\*\s*from\b|\bmodule\s*\.\s*exports\s*=\s*(require\b|[\w$.]+\()|__exportStar\(/
  return passesOn.test(code) ? 'maybe' : 'no'
}

/** An object with this key; its values may hold one level of braces. */
const keyOf = (word: string): string => `{(([^{}]|{[^{}]*})*,)?\\s*${word}\\s*[,:}(]`

/** Strings are not recognised: one that contains a comment's marks is too rare to matter here. */
const withoutComments = (source: string): string =>
  source.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/(^|\s)\/\/.*$/gm, ' ')
