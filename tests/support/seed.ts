/**
 * Random cases are others in each run, but in CI: there the same content gives the same cases, so that what has
 * passed once does not fail for a case that nobody's change brought. `DEPGATE_TEST_CASES` is a whole number.
 */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

const seed = process.env['DEPGATE_TEST_CASES']
const { testPath } = expect.getState()

// Loading fast-check takes longer than most test files: only for those that use it.
if (seed !== undefined && testPath !== undefined && readFileSync(testPath, 'utf8').includes("'fast-check'")) {
  const { configureGlobal } = await import('fast-check')
  configureGlobal({ seed: Number(seed) })
}
