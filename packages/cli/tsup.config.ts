import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/cli.ts', 'src/index.ts', 'src/inside.ts'],
  format: 'esm',
  target: 'node22',
  dts: { entry: ['src/index.ts'] },
  clean: true,
  silent: true,
})
