import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    internal: 'src/internal.ts',
    'internal-aws': 'src/aws/index.ts',
    'internal-permissions': 'src/permissions/index.ts',
    testing: 'src/testing/index.ts',
  },
  format: 'esm',
  target: 'node22',
  dts: { resolve: ['@standard-schema/spec'] },
  clean: true,
  silent: true,
})
