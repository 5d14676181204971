/** The text witness in whole runs: what a package ships decides, whatever its field says and however the file is made. */
import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { PackageReport, RunReport } from '#model/run-report'
import { spdxText } from '../support/license-texts.ts'
import type { FakePackage } from '../support/project.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

/** Other tests may keep both processors busy; what a deadline does is not the question here. */
const PATIENT = ['--deadline', '2m']

const MIT = spdxText('MIT').replace('<year> <copyright holders>', '2020 Somebody')
const RESTRICTION = 'You must not use this software for commercial purposes.'

/** Package, its field, its files, and what follows. */
const CASES: Record<
  string,
  [license: unknown, files: Record<string, string>, verdict: string, conclusion: string]
> = {
  honest: ['MIT', { LICENSE: MIT }, 'pass', 'declared'],
  'no-text': ['MIT', {}, 'pass', 'declared'],
  'hidden-copyleft': ['MIT', { LICENSE: spdxText('GPL-3.0-only') }, 'violation', 'conflict'],
  'other-permissive': ['MIT', { LICENSE: spdxText('Apache-2.0') }, 'pass', 'conflict'],
  'restricted-before': ['MIT', { LICENSE: `${RESTRICTION}\n\n${MIT}` }, 'unknown', 'declared'],
  'restricted-behind': ['MIT', { 'license.md': `${MIT}\n\n${RESTRICTION}` }, 'unknown', 'declared'],
  'commons-clause': [
    'MIT',
    {
      LICENSE: `"Commons Clause" License Condition v1.0\n\nThe Software is provided under the License below, subject to the following condition: the License does not grant the right to Sell the Software.\n\n${MIT}`,
    },
    'unknown',
    'declared',
  ],
  'not-inside': [
    'MIT',
    { LICENSE: MIT.replace('is hereby granted', 'is not hereby granted') },
    'unknown',
    'declared',
  ],
  'only-text': [undefined, { COPYING: MIT }, 'pass', 'text'],
  'only-copyleft-text': [undefined, { LICENCE: spdxText('AGPL-3.0-only') }, 'violation', 'text'],
  'family-and-text': ['BSD', { LICENSE: spdxText('BSD-3-Clause') }, 'pass', 'text'],
  'family-and-other-text': ['BSD', { LICENSE: MIT }, 'unknown', 'unknown'],
  'see-file': ['SEE LICENSE IN docs/TERMS.txt', { 'docs/TERMS.txt': MIT }, 'pass', 'text'],
  'see-missing-file': ['SEE LICENSE IN TERMS.txt', { LICENSE: MIT }, 'unknown', 'unknown'],
  'see-outside': ['SEE LICENSE IN ../honest/LICENSE', {}, 'unknown', 'unknown'],
  'readme-text': [
    undefined,
    { 'README.md': `# Thing\n\nDoes things.\n\n## License\n\n${MIT}\n` },
    'pass',
    'text',
  ],
  'readme-and-field': [
    'MIT',
    { 'README.md': `# Thing\n\n## License\n\n${spdxText('GPL-2.0-only')}\n` },
    'violation',
    'conflict',
  ],
  'readme-that-names': [
    'MIT',
    { 'README.md': '# Thing\n\n## License\n\nGPL-3.0-only\n' },
    'violation',
    'conflict',
  ],
  'readme-with-another': [
    'MIT',
    { 'README.md': '# Thing\n\n## License\n\nDual licensed under MIT and GPL-3.0-only\n' },
    'pass',
    'declared',
  ],
  'readme-beside-field': ['MIT', { 'README.md': '# Thing\n\n## License\n\nAsk us.\n' }, 'pass', 'declared'],
  'readme-prose': [
    undefined,
    { 'README.md': '# Thing\n\n## License\n\nYou know, MIT or something like it.\n' },
    'unknown',
    'unknown',
  ],
  'header-other': ['MIT', { 'index.js': '/* Licensed under GPL-3.0-only. */\n' }, 'violation', 'conflict'],
  'header-same': ['MIT', { 'index.js': '// MIT licensed, parts under GPL-3.0-only\n' }, 'pass', 'declared'],
  'header-and-text': [
    'MIT',
    { LICENSE: MIT, 'index.js': '/* Licensed under GPL-3.0-only. */\n' },
    'pass',
    'declared',
  ],
  'only-header': [undefined, { 'index.js': '/* Licensed under the MIT license. */\n' }, 'unknown', 'unknown'],
  proprietary: ['UNLICENSED', { LICENSE: spdxText('Unlicense') }, 'unknown', 'unknown'],
  'choice-of-two': ['(MIT OR GPL-3.0-only)', { 'LICENSE-MIT': MIT }, 'pass', 'declared'],
  'both-of-two': [
    'MIT',
    { 'LICENSE-MIT': MIT, 'LICENSE-GPL': spdxText('GPL-2.0-only') },
    'violation',
    'conflict',
  ],
  'notice-copyleft': ['MIT', { LICENSE: MIT, NOTICE: spdxText('GPL-2.0-only') }, 'pass', 'declared'],
  'old-list': [['MIT', 'Apache2'], { LICENSE: `${MIT}\n\n${spdxText('Apache-2.0')}` }, 'pass', 'text'],
  'old-list-one-text': [['MIT', 'Apache2'], { LICENSE: MIT }, 'unknown', 'unknown'],
  'utf-16': ['MIT', { LICENSE: Buffer.from(MIT, 'utf16le').toString('latin1') }, 'unknown', 'declared'],
  invisible: [
    'MIT',
    { LICENSE: MIT.replace('without restriction', 'with\u200bout restriction') },
    'unknown',
    'declared',
  ],
  'look-alike': [
    'MIT',
    { LICENSE: MIT.replace('without limitation', 'with\u043eut limitation') },
    'unknown',
    'declared',
  ],
}

let scenario: Scenario
let cold: RunReport

beforeAll(async () => {
  const packages = Object.entries(CASES).map(([name, [license, files]]) => {
    const made: FakePackage = { name, version: '1.0.0', files }
    if (license !== undefined) made.license = license
    return made
  })
  const dependencies = Object.fromEntries(packages.map(({ name }) => [name, '^1.0.0']))
  scenario = await startScenario({ dependencies, packages })
  cold = (await scenario.json(PATIENT)).report
})
afterAll(() => scenario.close())

test.each(Object.entries(CASES))('%s', (name, [, , verdict, conclusion]) => {
  expect(packageOf(cold, name)).toMatchObject({ verdict, conclusion })
})

test('the same text is recognised once, and by the next run not at all', async () => {
  const { files, distinct, recognised, cached } = cold.run.texts
  expect(files).toBeGreaterThan(distinct)
  expect([recognised, cached]).toEqual([distinct, 0])
  // With its snapshot a run would not even look.
  rmSync(join(scenario.project.folder, '.cache/depgate/v1/snapshots'), { recursive: true })
  const warm = (await scenario.json(PATIENT)).report
  expect(warm.run.texts).toEqual({ files, distinct, recognised: 0, cached: distinct })
  expect(verdictsOf(warm)).toEqual(verdictsOf(cold))
  const uncached = (await scenario.json([...PATIENT, '--no-cache'])).report
  expect(verdictsOf(uncached)).toEqual(verdictsOf(cold))
})

test('a conflict is explained with the file and the sentence for the author', async () => {
  const { stdout } = await scenario.depgate(['explain', 'hidden-copyleft', ...PATIENT])
  expect(stdout).toContain('LICENSE: the text of GPL-3.0-only (the same text serves')
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'In hidden-copyleft@1.0.0, package.json says MIT, LICENSE says GPL-3.0-only. Which licence is meant?',
  )
})

test('a clarification of the very file settles an unknown text, and lapses with its first changed byte', async () => {
  const { project, json } = await one('clarified', { LICENSE: `${MIT}\n\n${RESTRICTION}` })
  const unknown = (await json(PATIENT)).report
  const entry = unknown.findings.find(({ rule }) => rule === 'license-text-unknown')
  const snippet = JSON.parse((entry?.fix ?? '').slice((entry?.fix ?? '').indexOf('\n'))) as object
  const policy = {
    licenses: { allow: ['MIT'], clarify: [{ ...snippet, license: 'MIT', reason: 'asked the author' }] },
  }
  writeFileSync(join(project.folder, 'depgate.config.json'), JSON.stringify(policy))
  expect((await json(PATIENT)).report.packages[0]).toMatchObject({ verdict: 'pass', conclusion: 'clarified' })
  appendFileSync(join(project.folder, 'node_modules/clarified/LICENSE'), '\n')
  const changed = (await json(PATIENT)).report
  expect(changed.packages[0]).toMatchObject({ verdict: 'unknown' })
  expect(changed.findings.map(({ rule }) => rule)).toContain('clarification-stale')
})

describe('a LICENSE that is no plain file', () => {
  test.each<[string, (path: string) => void]>([
    ['a link out of the package', (path) => symlinkSync('../honest/LICENSE', path)],
    ['a link to /dev/zero', (path) => symlinkSync('/dev/zero', path)],
    ['a pipe', (path) => void execFileSync('mkfifo', [path])],
    ['200 MB', (path) => sparse(path, 200 * 1024 * 1024)],
    ['binary', (path) => writeFileSync(path, readFileSync(process.execPath).subarray(0, 200_000))],
    [
      'a hundred thousand lines of almost MIT',
      (path) => writeFileSync(path, `${MIT}\nbut not so\n`.repeat(180).slice(0, 250_000)),
    ],
  ])('%s: never a pass, in bounded time and memory', async (_, make) => {
    const { project, json } = await one('odd', {})
    const path = join(project.folder, 'node_modules/odd/LICENSE')
    rmSync(path, { force: true })
    make(path)
    const { report, peakMb } = await json(PATIENT, { measureMemory: true })
    expect(report.packages[0]).toMatchObject({ id: 'odd@1.0.0', verdict: 'unknown' })
    expect(peakMb).toBeLessThan(512)
  })
})

async function one(name: string, files: Record<string, string>): Promise<Scenario> {
  const started = await startScenario({
    dependencies: { [name]: '^1.0.0' },
    packages: [{ name, version: '1.0.0', license: 'MIT', files }],
  })
  onTestFinished(() => started.close())
  return started
}

function sparse(path: string, bytes: number): void {
  writeFileSync(path, MIT)
  truncateSync(path, bytes)
}

function packageOf(report: RunReport, name: string): PackageReport | undefined {
  return report.packages.find((entry) => entry.name === name)
}

function verdictsOf(report: RunReport): unknown[] {
  return report.packages.map(({ id, verdict, license, conclusion }) => [id, verdict, license, conclusion])
}
