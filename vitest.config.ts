/** One Vitest project a kind of test: `unit` and `contract` run from source, the others meet the built package. */
import { defineConfig } from 'vitest/config'

const source = {
  resolve: { conditions: ['depgate-source'] },
  ssr: { resolve: { conditions: ['depgate-source'] } },
}

export default defineConfig({
  test: {
    // CI reads the totals from here.
    reporters:
      process.env['CI'] === 'true'
        ? ['default', ['json', { outputFile: '.cache/test-results.json' }]]
        : ['default'],
    projects: [
      { ...source, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
      { ...source, test: { name: 'contract', include: ['tests/contract/**/*.test.ts'] } },
      {
        ...source,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...source,
        test: { name: 'cli', include: ['tests/cli/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        test: {
          name: 'arch',
          include: ['tests/architecture/**/*.test.ts'],
          globalSetup: ['depgate/vitest/setup'],
          testTimeout: 20_000,
        },
      },
    ],
  },
})
