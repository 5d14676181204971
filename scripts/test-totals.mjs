/** Prints the totals of a Vitest JSON result as the last line of a CI run; fails if nothing ran or anything failed. */
import { readFileSync } from 'node:fs'

const result = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = result
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = result.success && passed > 0 && failed === 0 ? 0 : 1
