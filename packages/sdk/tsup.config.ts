import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts', 'src/static.ts'],
  format: 'esm',
  target: 'node22',
  dts: true,
  clean: true,
  silent: true,
})
