/** One Vitest project a kind of test: `unit` and `contract` run from source, the others meet the built package. */
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** The same random cases for the same content, where that is wanted. */
const setupFiles = ['tests/support/seed.ts']

/** Where projects are made in the process of the tests. */
const making = { setupFiles: [...setupFiles, 'tests/support/clean-up.ts'] }

/** Tests import the sources themselves, by the condition that package.json names for it. */
const source = {
  resolve: { conditions: ['depgate-source'] },
  ssr: { resolve: { conditions: ['depgate-source'] } },
}

/** Modules keep no state of their own, so a file of tests need not load all of them again. */
const shared = { isolate: false }

/** Vitest leaves one core alone, and of two that is half. */
const all = { maxWorkers: availableParallelism() }

/** Tests of whole processes wait for a third of their time: another one runs meanwhile. */
const more = { maxWorkers: availableParallelism() + 1 }

/** Tests of whole processes take their time. */
const patient = { testTimeout: 60_000, hookTimeout: 120_000 }

/**
 * A machine that stands still for a moment is no fault of the product's, one that is never in time is. Only a time by the
 * clock (four digits and more), or a run that had to be stopped from outside, is looked at again: whatever else fails has
 * failed.
 */
const again = { retry: { count: 2, condition: /to be less than \d{4}|to not include 'run-stopped'/ } }

/** What watches the product's clock, or fills the machine: one file after another, after all others. */
const CLOCK = ['tests/cli/own-speed.test.ts', 'tests/integration/{deadline,fetch-deadline,scale}.test.ts']

/** What waits for others that are slow or silent, and loses patience with them: no more files at once than there are cores. */
const PATIENCE = ['tests/integration/{redis,redis-faults,redis-snapshot,registry-faults}.test.ts']

/** The first project that is asked for: the architecture is tested before all else, in a run of its own. */
const asked = process.argv.find((_argument, at, all) => all[at - 1] === '--project') ?? 'all'

export default defineConfig({
  test: {
    // CI reads the totals from here.
    reporters:
      process.env['CI'] === 'true'
        ? ['default', ['json', { outputFile: `.cache/test-results/${asked}.json` }]]
        : ['default'],
    projects: [
      // Some tests go over all texts of the SPDX list, on machines that do other work as well.
      {
        ...source,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          ...making,
          ...more,
          ...shared,
          testTimeout: 60_000,
          ...again,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...source,
        test: {
          name: 'contract',
          include: ['tests/contract/**/*.test.ts'],
          ...making,
          ...more,
          ...shared,
          testTimeout: 60_000,
          ...again,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'arch',
          include: ['tests/architecture/**/*.test.ts'],
          ...all,
          globalSetup: ['depgate/vitest/setup'],
        },
      },
      {
        ...source,
        test: {
          name: 'cli',
          setupFiles,
          include: ['tests/cli/**/*.test.ts'],
          exclude: [...CLOCK, ...PATIENCE],
          ...more,
          ...patient,
          ...again,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...source,
        test: {
          name: 'integration',
          ...making,
          include: ['tests/integration/**/*.test.ts'],
          exclude: [...CLOCK, ...PATIENCE],
          ...more,
          ...patient,
          ...again,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...source,
        test: {
          name: 'patience',
          setupFiles,
          include: PATIENCE,
          ...all,
          ...patient,
          ...again,
          sequence: { groupOrder: 2 },
        },
      },
      {
        ...source,
        test: {
          name: 'clock',
          setupFiles,
          include: CLOCK,
          ...patient,
          fileParallelism: false,
          ...again,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
