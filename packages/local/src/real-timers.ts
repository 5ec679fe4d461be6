// A test that fakes timers means those of its own code. The stand-in is a server, and goes on by the real ones: these
// are taken when the package is imported, which is before a test begins.

const { clearInterval, clearTimeout, queueMicrotask, setImmediate, setInterval, setTimeout } = globalThis

export { clearInterval, clearTimeout, queueMicrotask, setImmediate, setInterval, setTimeout }
