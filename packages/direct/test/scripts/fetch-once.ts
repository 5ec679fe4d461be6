// Fetches one secret through the package that its argument names, and writes its value or the code of its error.
const { direct } = (await import(process.argv[2] as string)) as typeof import('@secrets-cache/direct')
const context = { signal: AbortSignal.timeout(20_000), fresh: false, onRetry: () => {}, emit: () => {} }
const [outcome] = await direct().fetch([{ kind: 'secret', id: 'a' }], context)
const settled = await outcome
console.log(JSON.stringify([settled?.ok ? settled.value : settled?.error.code]))
