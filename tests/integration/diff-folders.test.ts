/** A change inside a linked folder leaves no trace in the lockfile: what the folder says of its licence is compared itself. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { runCli } from '../support/cli.ts'
import { spdxText } from '../support/license-texts.ts'
import { commitAll, startRepository } from '../support/repository.ts'
import type { RunGit } from '../support/repository.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const ROOT = { name: 'app', version: '1.0.0', dependencies: { lib: 'file:./libs/lib' } }
const LIB = { name: 'lib', version: '1.0.0', license: 'MIT' }
const LOCKFILE = {
  name: 'app',
  version: '1.0.0',
  lockfileVersion: 3,
  packages: {
    '': ROOT,
    'libs/lib': { version: '1.0.0', license: 'MIT' },
    'node_modules/lib': { resolved: 'libs/lib', link: true },
  },
}

let scenario: Scenario
let git: RunGit

beforeAll(async () => {
  scenario = await startScenario({ packages: [], lockfile: false, policy: { licenses: { allow: ['MIT'] } } })
  write('package.json', JSON.stringify(ROOT))
  write('package-lock.json', JSON.stringify(LOCKFILE, undefined, 2))
  write('libs/lib/package.json', JSON.stringify(LIB))
  write('libs/lib/LICENSE', spdxText('MIT'))
  write('libs/lib/index.js', 'module.exports = 1\n')
  git = startRepository(scenario.project.folder)
})
beforeEach(() => {
  git('checkout', '--quiet', '--force', 'main')
  git('clean', '--quiet', '--force', '-d', 'libs')
})
afterAll(() => scenario.close())

function write(path: string, text: string): void {
  const file = join(scenario.project.folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** Exit code, and what is said of the folder. */
async function diff(base = 'main'): Promise<string> {
  const { code, stdout, stderr } = await runCli(['diff', base, '--format', 'json', '--deadline', '2m'], {
    cwd: scenario.project.folder,
    home: scenario.project.home,
    registry: scenario.registry.url,
  })
  if (stdout === '') throw new Error(stderr)
  const { change, findings } = JSON.parse(stdout) as RunReport
  const changes = (change?.packages ?? []).map(({ name, differs }) => `${name} ${differs.join()}`)
  return [String(code), ...changes, ...findings.map(({ rule, severity }) => `${severity} ${rule}`)].join('; ')
}

const WARNED = 'warn source-not-registry'

describe('noticed is', () => {
  test.each<[what: string, change: () => void, said: string]>([
    [
      'another text',
      () => write('libs/lib/LICENSE', spdxText('GPL-3.0-only')),
      `1; lib source; deny license-conflict; ${WARNED}`,
    ],
    [
      'a text beside the one that was there',
      () => write('libs/lib/COPYING', spdxText('GPL-3.0-only')),
      `1; lib source; deny license-conflict; ${WARNED}`,
    ],
    [
      'another word in its package.json',
      () => write('libs/lib/package.json', JSON.stringify({ ...LIB, license: 'GPL-3.0-only' })),
      `1; lib source; deny license-conflict; ${WARNED}`,
    ],
    [
      'no text any more',
      () => rmSync(join(scenario.project.folder, 'libs/lib/LICENSE')),
      `0; lib source; warn license-text-missing; ${WARNED}`,
    ],
  ])('%s', async (_what, change, said) => {
    expect(await diff()).toBe('0')
    change()
    // Once by what is known, and not from the answer that is kept of the question before.
    expect(await diff()).toBe(said)
    expect(await diff()).toBe(said)
    commitAll(git, 'change')
    expect(await diff('HEAD~1')).toBe(said)
    expect(await diff('HEAD')).toBe('0')
    git('reset', '--quiet', '--hard', 'HEAD~1')
  })
})

test('other code, and other ends of lines, say nothing of a licence', async () => {
  write('libs/lib/index.js', 'module.exports = 2\n')
  const license = join(scenario.project.folder, 'libs/lib/LICENSE')
  writeFileSync(license, readFileSync(license, 'utf8').replaceAll('\n', '\r\n'))
  expect(await diff()).toBe('0')
})

describe('without a licence file, noticed is', () => {
  const README = '# lib\n\nTells the time.\n'

  beforeEach(() => {
    rmSync(join(scenario.project.folder, 'libs/lib/LICENSE'))
    commitAll(git, 'no licence file')
  })
  afterEach(() => git('reset', '--quiet', '--hard', 'HEAD~1'))

  const WITHOUT_TEXT = 'warn license-text-missing'

  test.each<[what: string, change: () => void, said: string]>([
    ['nothing of a README that says nothing of its licence', () => write('libs/lib/README.md', README), '0'],
    [
      'what a README says of its licence',
      () => write('libs/lib/README.md', `${README}\n## License\n\nGPL-3.0-only\n`),
      `1; lib source; deny license-conflict; ${WITHOUT_TEXT}; ${WARNED}`,
    ],
    [
      'nothing of a comment that says nothing of a licence',
      () => write('libs/lib/index.js', '/* The time. */\n'),
      '0',
    ],
    [
      'the licence that the opening comment of a script names',
      () => write('libs/lib/index.js', '/*! @license GPL-3.0-only */\n'),
      `1; lib source; deny license-conflict; ${WITHOUT_TEXT}; ${WARNED}`,
    ],
  ])('%s', async (_what, change, said) => {
    expect(await diff()).toBe('0')
    change()
    expect(await diff('HEAD')).toBe(said)
  })
})
