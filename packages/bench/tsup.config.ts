import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { load: 'src/load/index.ts', mysql: 'src/mysql/index.ts' },
  format: 'esm',
  target: 'node22',
  dts: true,
  clean: true,
  silent: true,
})
