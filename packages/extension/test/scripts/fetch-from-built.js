// Fetches one secret through the built package: port and the path of dist/index.js.
const { extension } = await import(process.argv[3])
const context = { signal: AbortSignal.timeout(20_000), fresh: false, onRetry: () => {}, emit: () => {} }
const [outcome] = extension({ port: Number(process.argv[2]) }).fetch([{ kind: 'secret', id: 'a' }], context)
console.log(JSON.stringify(await outcome))
