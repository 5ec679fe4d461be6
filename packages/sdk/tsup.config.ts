import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts', 'src/static.ts', 'src/static-secrets-manager.ts', 'src/static-parameter-store.ts'],
  format: 'esm',
  target: 'node22',
  dts: true,
  clean: true,
  silent: true,
})
