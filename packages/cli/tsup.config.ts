import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/cli.ts', 'src/index.ts', 'src/run.ts', 'src/inside.ts', 'src/bootstrap.ts'],
  format: 'esm',
  target: 'node22',
  dts: { entry: ['src/index.ts', 'src/run.ts'] },
  clean: true,
  silent: true,
})
