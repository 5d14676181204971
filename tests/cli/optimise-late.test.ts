/** V8 is told to optimise late: it is, on each version that there is here, and says nothing about it. */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const MODULE = pathToFileURL(resolve(import.meta.dirname, '../../dist/cli/optimise-late.js')).href
const NODES = [process.execPath, process.env['DEPGATE_TEST_NODE24'] ?? ''].filter((path) => path !== '')
const OPTIMISED = 16

/** Whether V8 has optimised a function that has run for less than a millisecond. */
function isOptimised(node: string, isLate: boolean): boolean {
  const program = `
    const { optimiseLate } = await import(${JSON.stringify(MODULE)})
    if (${isLate}) optimiseLate()
    const work = new Function('x', 'let sum = 0; for (let i = 0; i < 100; i++) sum += i * x; return sum')
    const status = new Function('f', 'return %GetOptimizationStatus(f)')
    for (let i = 0; i < 60; i++) work(i)
    // It is compiled in another thread, which may have to wait for its turn.
    for (let turns = ${isLate ? 3 : 100}; turns > 0 && (status(work) & ${OPTIMISED}) === 0; turns--) {
      await new Promise((done) => setTimeout(done, 100))
      work(1)
    }
    console.log(status(work))`
  const { stdout, stderr } = spawnSync(
    node,
    ['--allow-natives-syntax', '--input-type=module', '--eval', program],
    { encoding: 'utf8' },
  )
  expect(stderr).toBe('')
  return (Number(stdout) & OPTIMISED) !== 0
}

test.each(NODES)('%s', (node) => {
  expect(isOptimised(node, false)).toBe(true)
  expect(isOptimised(node, true)).toBe(false)
})
