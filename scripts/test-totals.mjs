/** Prints the totals of Vitest's JSON results as the last line of a CI run; fails if one ran nothing or anything failed. */
import { readFileSync } from 'node:fs'

const results = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')))
const sum = (key) => results.reduce((total, result) => total + result[key], 0)
const [passed, failed, skipped] = ['numPassedTests', 'numFailedTests', 'numPendingTests'].map(sum)
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
const isWhole =
  results.length > 0 && results.every(({ success, numPassedTests }) => success && numPassedTests > 0)
process.exitCode = isWhole && failed === 0 ? 0 : 1
