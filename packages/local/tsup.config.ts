import { defineConfig } from 'tsup'
import { writePage } from './page/write.ts'

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/jest.ts',
    'src/testing.ts',
    'src/internal.ts',
    'src/in-function.ts',
    'src/cli.ts',
  ],
  format: 'esm',
  target: 'node22',
  dts: { entry: ['src/index.ts', 'src/jest.ts', 'src/testing.ts', 'src/internal.ts', 'src/in-function.ts'] },
  clean: true,
  silent: true,
  onSuccess: writePage,
})
