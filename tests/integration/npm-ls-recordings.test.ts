/** The recordings in fixtures/npm-ls are what npm 11 says of each scenario; `RECORD=1` writes them anew. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { askNpm, confirmTree, readTree } from '#collectors/collect'
import { findNpm } from '#collectors/npm-program'
import {
  lockfilePath,
  makeScenario,
  recordingOf,
  recordingPath,
  SCENARIOS,
} from '../unit/collectors/scenarios.ts'
import { openDisk } from '#disk/disk'
import { disksOf } from '../unit/collectors/project-folder.ts'

const npm = findNpm({ project: '/nowhere', env: process.env, execPath: process.execPath })
const major = npm.ok
  ? execFileSync(process.execPath, [npm.value, '--version'], { encoding: 'utf8' }).split('.')[0]
  : ''

describe.each(Object.keys(SCENARIOS))('%s', (name) => {
  const project = makeScenario(name)
  const signal = AbortSignal.timeout(30_000)

  test('npm and the draft agree', async () => {
    const said = await askNpm(openDisk(project), { project, env: process.env, signal })
    if (!said.ok) throw new Error(said.failure.message)
    const draft = readTree(disksOf(project), { project, omitDev: false })
    if (!draft.ok) throw new Error(draft.failure.message)
    expect(confirmTree(draft.value, said.value)).toMatchObject({ ok: true })
  })

  test.runIf(major === '11')('the recording is what npm says', async () => {
    const said = await askNpm(openDisk(project), { project, env: process.env, signal })
    const text = said.ok ? said.value.replaceAll(project, '.') : ''
    const lock = readFileSync(join(project, 'package-lock.json'), 'utf8')
    if (process.env['RECORD'] === '1') {
      for (const [path, content] of [
        [recordingPath(name), text],
        [lockfilePath(name), lock],
      ] as const) {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, content)
      }
    }
    expect(recordingOf(name)).toBe(text)
    expect(readFileSync(lockfilePath(name), 'utf8')).toBe(lock)
  })
})
