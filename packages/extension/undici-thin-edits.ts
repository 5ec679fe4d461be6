/**
 * What replaces whole files of undici, and builtins that it alone would load, as ES modules. The files are never
 * reached, unless something else is said.
 */
export const replacements: ReadonlyMap<string, string> = new Map([
  // Loading node:assert costs 2 ms. undici never catches what it throws.
  [
    'node:assert',
    `export default (value, message = 'assertion failed') => {
      if (!value) throw Object.assign(new Error(message), { code: 'ERR_ASSERTION' })
    }`,
  ],
  // A client is composed with nothing.
  [
    'dispatcher/dispatcher.js',
    `import EventEmitter from 'node:events'\nexport default class extends EventEmitter {}`,
  ],
  // Fast timers are for headersTimeout and bodyTimeout, which are off.
  [
    'util/timers.js',
    'export const clearTimeout = globalThis.clearTimeout\nexport const setFastTimeout = setTimeout',
  ],
  // Reached: two tables that spare toLowerCase() for the usual header names, and cost more to fill than they ever save.
  ['core/tree.js', 'export const tree = { lookup: () => null }'],
  ['core/constants.js', 'export const headerNameLowerCasedRecord = { __proto__: null }'],
])

/** An expression, and what stands in its place wherever it is found. */
type Edit = readonly [wanted: RegExp, replacement: string]

/** What is left out within the other files: options that are not given, bodies that are not sent, HTTP/2, WebSocket. */
export const edits: ReadonlyMap<string, readonly Edit[]> = new Map<string, readonly Edit[]>([
  [
    'dispatcher/client.js',
    [
      [/^const \{ ClientStats \} = .*$/m, ''],
      [/^const buildConnector = .*$/m, ''],
      [/^const connectH2 = .*$/m, ''],
      [/let h2NamespaceOptsWarning[\s\S]*?\n}\n/, ''],
      // Only `connect` is given, and a function.
      [
        /if \(keepAlive !== undefined\)[\s\S]*?(?=super\()/,
        'maxHeaderSize = getDefaultNodeMaxHeaderSize()\n',
      ],
      [/if \(typeof connect !== 'function'\) \{[\s\S]*?\} else (?=\{\n *const customConnect)/, ''],
      [/get stats \(\) \{[\s\S]*?\n {2}\}\n/, ''],
      [/socket\.alpnProtocol === 'h2'\s*\? connectH2\(client, socket\)\s*: /, ''],
    ],
  ],
  [
    'dispatcher/client-h1.js',
    [
      // The first parser is for Milo; esbuildDetection is undici's own switch for it.
      [/^const \{ H1Parser, getMiloEnabled \}[\s\S]*?: \{\}$/m, ''],
      [/typeof esbuildDetection === 'undefined' && [\s\S]*?(?=new Parser\()/, ''],
      // The parser without SIMD runs everywhere, and undici falls back to it by itself.
      [/const llhttpWasmData = .*/, ''],
      [/let useWasmSIMD = true[\s\S]*?(?=if \(!mod\))/, ''],
      [/llhttpWasmData \|\| require\('(.*)'\)/, 'llhttpWasm()'],
      [/^(?=const constants = )/m, `import { llhttpWasm } from '../llhttp/llhttp-wasm.js'\n`],
      // A request has no body.
      [/\n {2}if \(util\.isFormDataLike\(body\)\) \{[\s\S]*?(?=\n {2}const bodyLength)/, ''],
      [/else if \(util\.isBuffer\(body\)\) \{\s*writeBuffer\([\s\S]*?assert\(false\)\s*\}/, ''],
      [/^let extractBody$/m, ''],
    ],
  ],
  [
    'llhttp/llhttp-wasm.js',
    [
      [/^const \{ Buffer \} = .*$/m, ''],
      [/let wasmBuffer\n[\s\S]*/, `export const llhttpWasm = () => Buffer.from(wasmBase64, 'base64')`],
    ],
  ],
  // Only the codes of errors, and one of the types.
  [
    'llhttp/constants.js',
    [
      [/^[\s\S]*?(?=exports\.ERROR = \{)/, ''],
      [/exports\.FLAGS = [\s\S]*/, ''],
      [/^exports\.(\w+) =/m, 'export const $1 ='],
    ],
  ],
  [
    'core/request.js',
    [
      [/if \(body == null\) \{[\s\S]*?(?=this\.completed = false)/, 'this.body = null\n'],
      [/query \? serializePathWithQuery\(path, query\) : path/, 'path'],
      [/^let isFormData$[\s\S]*?(?=^module\.exports)/m, ''],
    ],
  ],
  [
    'core/util.js',
    [
      [/^const \{ (?:stringify|EventEmitter).*\} = require\(.*$/m, ''],
      [/^const setupConnectTimeout = [\s\S]*?(?=\/\*\*)/m, ''],
      [/^ {2}(?:safeHTTPMethods: .*|setupConnectTimeout),?\n/m, ''],
    ],
  ],
  // Each class in a call of its own, which a bundler drops where nothing uses it.
  [
    'core/errors.js',
    [[/^class (\w+) [\s\S]*?\n\}$/m, 'const $1 = /* @__PURE__ */ (() => { $&; return $1 })()']],
  ],
  [
    'core/symbols.js',
    [
      [/^module\.exports = \{$/m, ''],
      [/^ {2}(\w+): (Symbol\(.*?\)|Symbol\.for\(.*?\)),?$/m, 'export const $1 = /* @__PURE__ */ $2'],
      [/^\}$/m, ''],
    ],
  ],
  [
    'core/diagnostics.js',
    [
      [/^ {2}\/\/ WebSocket\n[\s\S]*?(?=\}\n)/m, ''],
      [/^let isTrackingWebSocketEvents[\s\S]*?(?=^if \(undiciDebugLog)/m, ''],
      [/^if \(websocketDebuglog[\s\S]*?\n\}\n/m, ''],
      [/^const websocketDebuglog .*$/m, ''],
    ],
  ],
  [
    'dispatcher/dispatcher-base.js',
    [
      [/^const \{ defaultWebSocket.*$/m, ''],
      [/^const buffer = .*$/m, ''],
      [/get webSocketOptions[\s\S]*?(?=^ {2}\/\*\* @returns \{boolean\} \*\/\n {2}get destroyed)/m, ''],
    ],
  ],
])
