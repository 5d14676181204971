/** The library in a process of its own, as a script of its user: with whatever flags that node was started. */
import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { join, resolve } from 'node:path'
import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cliEnvironment } from '../support/cli.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const LIBRARY = pathToFileURL(resolve(import.meta.dirname, '../../dist/bundle/index.js')).href
const SCRIPT = `
  import { run } from '${LIBRARY}'
  const outcome = await run({ project: '.', deadline: '2m' })
  if (outcome.kind === 'report') console.log(outcome.exitCode, outcome.report.verdict)
`

let scenario: Scenario

beforeEach(async () => {
  scenario = await startScenario({
    dependencies: { a: '^1.0.0' },
    packages: [{ name: 'a', version: '1.0.0', license: 'MIT' }],
  })
})
afterEach(() => scenario.close())

test.each([
  ['a script', ['script.mjs']],
  ['a text on the command line', ['--input-type=module', '--eval', SCRIPT]],
  ['modules loaded first', ['--import', './first.mjs', 'script.mjs']],
])('%s gets the verdict and the process ends by itself', async (_, args) => {
  writeFileSync(join(scenario.project.folder, 'script.mjs'), SCRIPT)
  writeFileSync(
    join(scenario.project.folder, 'first.mjs'),
    "import { isMainThread } from 'node:worker_threads'\nif (!isMainThread) throw new Error('in the worker')\n",
  )
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
    cwd: scenario.project.folder,
    env: cliEnvironment({ home: scenario.project.home, registry: scenario.registry.url }),
  })
  expect({ stdout, stderr }).toEqual({ stdout: '0 pass\n', stderr: '' })
})
