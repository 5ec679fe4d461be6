/** What the sources of the contract's tests hold, and lack. */
export const values = {
  secrets: { a: 'first-canary', b: '', c: new Uint8Array([1, 2]) },
  parameters: { '/l': ['x', 'y'] },
}
export const setup = {
  known: [
    { reference: { kind: 'secret', id: 'a' }, value: 'first-canary' },
    { reference: { kind: 'secret', id: 'b' }, value: '' },
    { reference: { kind: 'secret', id: 'c' }, value: new Uint8Array([1, 2]) },
    { reference: { kind: 'parameter', id: '/l', decrypt: true }, value: ['x', 'y'] },
  ],
  missing: [{ kind: 'secret', id: 'nowhere' }],
} as const
