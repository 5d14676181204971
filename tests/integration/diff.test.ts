/** The pre-merge gate: only what a change brings is judged, by the rules of the branch it goes to. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { runCli } from '../support/cli.ts'
import type { CliResult } from '../support/cli.ts'
import { spdxText } from '../support/license-texts.ts'
import { packed, publishPacked } from '../support/packed.ts'
import { lockfileOf } from '../support/project.ts'
import type { FakePackage } from '../support/project.ts'
import { commitAll, gitIn, startRepository } from '../support/repository.ts'
import type { RunGit } from '../support/repository.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const MIT = { LICENSE: spdxText('MIT') }
const PATIENT = ['--deadline', '2m']

const ALL = packed([
  { name: 'a', version: '1.0.0', license: 'MIT', files: MIT },
  { name: 'a', version: '2.0.0', license: 'MIT', files: MIT, dependencies: { b: '^1.0.0' } },
  { name: 'b', version: '1.0.0', license: 'ISC', files: { LICENSE: spdxText('ISC') } },
  { name: 'b', version: '1.1.0', license: 'ISC', files: { LICENSE: spdxText('ISC') } },
  { name: 'gone', version: '3.0.0', license: 'MIT', files: MIT },
  { name: 'tool', version: '1.0.0', license: 'GPL-3.0-only', files: { LICENSE: spdxText('GPL-3.0-only') } },
  { name: 'agpl', version: '1.0.0', license: 'AGPL-3.0-only', files: { LICENSE: spdxText('AGPL-3.0-only') } },
  { name: 'liar', version: '1.0.0', license: 'MIT', files: { LICENSE: spdxText('GPL-3.0-only') } },
  { name: 'relicensed', version: '1.0.0', license: 'MIT', files: MIT },
  { name: 'relicensed', version: '2.0.0', license: 'ISC', files: { LICENSE: spdxText('ISC') } },
  {
    name: 'old-sin',
    version: '1.0.0',
    license: 'GPL-2.0-only',
    files: { LICENSE: spdxText('GPL-2.0-only') },
  },
  ...[
    ['1.0.0', 'ISC'],
    ['2.0.0', 'ISC', 'AGPL-3.0-only'],
  ].map(([version = '', ...more]) => ({
    name: '@acme/policy',
    version,
    license: 'MIT',
    files: { ...MIT, 'depgate.config.json': JSON.stringify({ licenses: { allow: ['MIT', ...more] } }) },
  })),
])

/** The package of an id. */
function the(id: string): FakePackage {
  const found = ALL.find(({ name, version }) => `${name}@${version}` === id)
  if (found === undefined) throw new Error(`there is no ${id}`)
  return found
}
const [a1, a2, b, b2] = [the('a@1.0.0'), the('a@2.0.0'), the('b@1.0.0'), the('b@1.1.0')]
const [gone, tool, agpl, liar] = [the('gone@3.0.0'), the('tool@1.0.0'), the('agpl@1.0.0'), the('liar@1.0.0')]
const [relicensed1, relicensed2] = [the('relicensed@1.0.0'), the('relicensed@2.0.0')]
const old = the('old-sin@1.0.0')

interface State {
  dependencies: Record<string, string>
  devDependencies?: Record<string, string>
  packages: FakePackage[]
}

const dev = (entry: FakePackage): FakePackage => ({ ...entry, lock: { ...entry.lock, dev: true } })

const BASE: State = {
  dependencies: { a: '^1.0.0', gone: '^3.0.0', relicensed: '*', 'old-sin': '*' },
  devDependencies: { tool: '1.0.0' },
  packages: [a1, gone, relicensed1, old, dev(tool)],
}
const POLICY = { licenses: { allow: ['MIT', 'ISC'], scopes: { dev: { allow: ['GPL-3.0-only'] } } } }

/** A baseline that knows what a change is about to bring. */
const FORGED = {
  schemaVersion: 1,
  findings: [
    {
      rule: 'license-not-allowed',
      package: 'agpl',
      license: 'AGPL-3.0-only',
      since: '2026-01-01',
      reason: 'fine',
    },
  ],
}

let scenario: Scenario
let git: RunGit
let original: string
const inProject = (path: string): string => join(scenario.project.folder, path)

beforeAll(async () => {
  scenario = await startScenario({ packages: [], lockfile: false, policy: POLICY })
  publishPacked(scenario.registry, ALL)
  write(BASE)
  startRepository(scenario.project.folder)
  original = `${scenario.project.folder}-original`
  cpSync(scenario.project.folder, original, { recursive: true })
})
beforeEach(() => {
  rmSync(scenario.project.folder, { recursive: true, force: true })
  cpSync(original, scenario.project.folder, { recursive: true })
  git = gitIn(scenario.project.folder)
})
afterAll(() => scenario.close())

/** Writes package.json and lockfile. */
function write({ dependencies, devDependencies, packages }: State, folder = scenario.project.folder): void {
  const root = { name: 'app', version: '1.0.0', dependencies, ...(devDependencies && { devDependencies }) }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(root, null, 2))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockfileOf(root, packages), null, 2))
}

/** The base with other dependencies and packages. */
function changed(change: Partial<State>): State {
  return {
    ...BASE,
    ...change,
    dependencies: { ...BASE.dependencies, ...change.dependencies },
    packages: change.packages ?? BASE.packages,
  }
}

/** Version 2 of `a`, whose entry does not say that it needs `b`. */
const leavingOut: FakePackage = { ...a2, lock: { ...a2.lock, dependencies: {} } }

/** The base with version 2 of `a`, and with `b`, which development asks for as well. */
function developedWith(a: FakePackage, needed: FakePackage): State {
  return {
    ...changed({ dependencies: { a: '^2.0.0' }, packages: [a, gone, relicensed1, old, dev(tool), needed] }),
    devDependencies: { ...BASE.devDependencies, b: '^1.0.0' },
  }
}

/** The base, with a package that its policy extends. */
function withPolicy(entry: FakePackage, more: FakePackage[] = []): State {
  return {
    ...changed({ packages: [...BASE.packages, dev(entry), ...more] }),
    devDependencies: { ...BASE.devDependencies, '@acme/policy': '*' },
  }
}

const depgate = (
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<CliResult> =>
  runCli(args, {
    cwd: options.cwd ?? scenario.project.folder,
    home: scenario.project.home,
    registry: scenario.registry.url,
    ...(options.env && { env: options.env }),
  })

async function diff(args: string[] = ['main'], cwd?: string): Promise<CliResult & { report: RunReport }> {
  const result = await depgate(
    ['diff', '--format', 'json', ...PATIENT, ...args],
    cwd === undefined ? {} : { cwd },
  )
  if (result.stdout === '') throw new Error(`no report, exit ${result.code}: ${result.stderr}`)
  return { ...result, report: JSON.parse(result.stdout) as RunReport }
}

/** A link outside of the project. */
function linkTo(path: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'depgate-link-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  symlinkSync(path, join(folder, 'link'))
  return join(folder, 'link')
}

/** What a report says of a change, in a few words. */
function changesIn({ change }: RunReport): string[] {
  return (change?.packages ?? []).map(
    ({ type, name, before, after, differs }) =>
      `${type} ${name} ${before?.version ?? '-'} ${before?.license ?? '-'} > ${after?.version ?? '-'} ${after?.license ?? '-'} [${differs.join()}]`,
  )
}

const rulesIn = ({ findings }: RunReport): string[] =>
  findings.map(({ rule, package: id, severity }) => `${severity} ${rule}${id === undefined ? '' : ` ${id}`}`)

test('nothing changed: passes, whatever was wrong before', async () => {
  const { code, report } = await diff()
  expect(code).toBe(0)
  expect(report.coverage).toMatchObject({ total: 0, judged: 0 })
  expect(report.change?.packages).toEqual([])
  expect(report.warnings.map((warning) => warning.code)).toEqual(['base-is-head'])
  const check = await depgate(['check', ...PATIENT])
  expect(check.code).toBe(1)
  expect(check.stdout).toContain('old-sin@1.0.0')
})

test('added, removed, updated and relicensed packages, and nothing that was there before', async () => {
  write({
    ...BASE,
    dependencies: { a: '^2.0.0', relicensed: '*', 'old-sin': '*' },
    packages: [a2, b, relicensed2, old, dev(tool)],
  })
  commitAll(git, 'change')
  const { code, report } = await diff(['main~1'])
  expect(changesIn(report)).toEqual([
    'updated a 1.0.0 MIT > 2.0.0 MIT [version]',
    'added b - - > 1.0.0 ISC []',
    'removed gone 3.0.0 MIT > - - []',
    'updated relicensed 1.0.0 MIT > 2.0.0 ISC [license,version]',
  ])
  expect(rulesIn(report)).toEqual(['warn license-changed relicensed@2.0.0'])
  expect(code).toBe(0)
  expect(report.warnings).toEqual([])
  expect(report.change?.packages[1]?.path).toEqual(['app@1.0.0', 'a@2.0.0', 'b@1.0.0'])
  expect(report.change?.base).toMatchObject({ name: 'main~1', commit: git('rev-parse', 'main~1') })
  expect(report.packages.map(({ id }) => id)).toEqual(['a@2.0.0', 'b@1.0.0', 'relicensed@2.0.0'])
})

describe('a violation is', () => {
  test('a licence that is not allowed, and a field that says MIT over another text', async () => {
    write(changed({ dependencies: { agpl: '*', liar: '*' }, packages: [...BASE.packages, agpl, liar] }))
    const { code, report } = await diff()
    expect(code).toBe(1)
    expect(rulesIn(report)).toEqual([
      'deny license-not-allowed agpl@1.0.0',
      'deny license-conflict liar@1.0.0',
    ])
    expect(report.findings[0]?.location).toEqual({
      file: 'package-lock.json',
      line:
        1 +
        readFileSync(inProject('package-lock.json'), 'utf8')
          .split('\n')
          .findIndex((line) => line.includes('"node_modules/agpl"')),
    })
  })

  test('a package that moves from development to production', async () => {
    const { devDependencies: _moved, ...rest } = BASE
    write({
      ...rest,
      dependencies: { ...BASE.dependencies, tool: '1.0.0' },
      packages: [a1, gone, relicensed1, old, tool],
    })
    const { code, report } = await diff()
    expect(changesIn(report)).toEqual(['changed tool 1.0.0 GPL-3.0-only > 1.0.0 GPL-3.0-only [kinds]'])
    expect(rulesIn(report)).toContain('deny license-not-allowed tool@1.0.0')
    expect(code).toBe(1)
  })

  test('a need that the lockfile leaves out, so that development alone seems to have it', async () => {
    write(developedWith(leavingOut, dev(b)))
    const { code, report } = await diff()
    expect(code).toBe(3)
    expect(report.packages.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'a@2.0.0 incomplete',
      'b@1.0.0 pass',
    ])
    expect(JSON.stringify(report.packages[0])).toContain(
      'a@2.0.0 needs b@1.0.0 by its package.json, which the lockfile does not list as such',
    )
  })

  test('a need that the lockfile lists as optional, so that another list of licences counts', async () => {
    const claimed: FakePackage = {
      ...a2,
      lock: { ...a2.lock, dependencies: {}, optionalDependencies: { b: '^1.0.0' } },
    }
    write(developedWith(claimed, dev(b)))
    const { code, report } = await diff()
    expect(code).toBe(3)
    expect(JSON.stringify(report.packages[0])).toContain(
      'a@2.0.0 needs b@1.0.0 by its package.json, which the lockfile does not list as such',
    )
  })

  test('a need that the lockfile of the base lists, and that of the change no longer, where the package is the same', async () => {
    write({
      ...changed({ dependencies: { a: '^2.0.0' } }),
      packages: [a2, gone, relicensed1, old, dev(tool), b],
    })
    commitAll(git, 'base')
    write(developedWith(leavingOut, dev(b2)))
    const { code, report } = await diff(['main'])
    expect(code).toBe(3)
    expect(rulesIn(report)).toEqual(['deny lockfile-out-of-step a@2.0.0'])
    expect(report.findings[0]?.message).toContain('does not say that a@2.0.0 needs b@1.1.0')
    write(developedWith(a2, b2))
    expect((await diff(['main'])).code).toBe(0)
  })

  test('another integrity under the same version, although the registry has it too', async () => {
    const other = { ...a1, files: { LICENSE: `${MIT.LICENSE}\n` } }
    const [forged] = packed([{ ...other, lock: {} }])
    write(changed({ packages: [forged ?? a1, gone, relicensed1, old, dev(tool)] }))
    const { code, report } = await diff()
    expect(code).toBe(1)
    expect(rulesIn(report)).toContain('deny integrity-changed a@1.0.0')
    expect(rulesIn(report)).toContain('deny integrity-mismatch a@1.0.0')
  })

  test('another source', async () => {
    const { integrity: _dropped, ...lock } = a1.lock ?? {}
    const fromGit = {
      ...a1,
      lock: { ...lock, resolved: `git+ssh://git@registry.example/a.git#${'0'.repeat(40)}` },
    }
    write(changed({ packages: [fromGit, gone, relicensed1, old, dev(tool)] }))
    const { code, report } = await diff()
    expect(changesIn(report)[0]).toMatch(/^changed a .*source/)
    expect(code).not.toBe(0)
  })
})

test('relicensing fails the change where the policy says so', async () => {
  writeFileSync(
    inProject('depgate.config.json'),
    JSON.stringify({ ...POLICY, packages: { relicensed: 'deny' } }),
  )
  commitAll(git, 'stricter')
  write(changed({ packages: [a1, gone, relicensed2, old, dev(tool)] }))
  const { code, report } = await diff()
  expect(code).toBe(1)
  expect(rulesIn(report)).toEqual(['deny license-changed relicensed@2.0.0'])
  const { message } = report.findings[0] ?? {}
  expect(message).toBe('relicensed was MIT in 1.0.0 and is ISC in 2.0.0')
})

describe('the policy', () => {
  test("of the base judges; the change's own is for a policy owner", async () => {
    write(changed({ dependencies: { agpl: '*' }, packages: [...BASE.packages, agpl] }))
    writeFileSync(
      inProject('depgate.config.json'),
      JSON.stringify({ licenses: { ...POLICY.licenses, allow: ['MIT', 'ISC', 'AGPL-3.0-only'] } }),
    )
    const { code, report } = await diff()
    expect(code).toBe(1)
    expect(rulesIn(report)).toEqual(['deny policy-changed', 'deny license-not-allowed agpl@1.0.0'])
    expect(report.change?.needsPolicyOwner).toEqual([
      { file: 'depgate.config.json', message: 'licenses.allow gets "AGPL-3.0-only"' },
    ])
    const allowed = await diff(['main', '--allow-policy-change'])
    expect(allowed.code).toBe(1)
    expect(rulesIn(allowed.report)).toEqual(['deny license-not-allowed agpl@1.0.0', 'warn policy-changed'])
  })

  test('that only changes its comments is the same', async () => {
    writeFileSync(inProject('depgate.config.json'), `// reviewed\n${JSON.stringify(POLICY, null, 4)}`)
    expect((await diff()).code).toBe(0)
  })

  test.each<[what: string, change: () => void, message: RegExp]>([
    ['is removed', () => rmSync(inProject('depgate.config.json')), /removes the policy/],
    ['does not parse', () => writeFileSync(inProject('depgate.config.json'), '{'), /cannot be read/],
    [
      'is a link now',
      () => {
        renameSync(inProject('depgate.config.json'), inProject('other.json'))
        symlinkSync('missing.json', inProject('depgate.config.json'))
      },
      /removes the policy|cannot be read/,
    ],
    [
      'moves into package.json',
      () => {
        rmSync(inProject('depgate.config.json'))
        const manifest = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as object
        writeFileSync(
          inProject('package.json'),
          JSON.stringify({ ...manifest, depgate: { licenses: { allow: ['AGPL-3.0-only'] } } }),
        )
      },
      /licenses\.allow gets "AGPL-3\.0-only" and loses/,
    ],
    [
      'gets a baseline',
      () => writeFileSync(inProject('depgate.baseline.json'), JSON.stringify(FORGED)),
      /the baseline accepts license-not-allowed of agpl/,
    ],
  ])('%s: that is for a policy owner', async (_what, change, message) => {
    change()
    const { code, report } = await diff()
    expect(code).toBe(1)
    expect(report.change?.needsPolicyOwner.map((entry) => entry.message).join()).toMatch(message)
    const allowed = await diff(['main', '--allow-policy-change'])
    expect(allowed.code).toBe(0)
  })

  test('that the base does not have fails, and judges where that is allowed', async () => {
    rmSync(inProject('depgate.config.json'))
    commitAll(git, 'without')
    writeFileSync(inProject('depgate.config.json'), JSON.stringify(POLICY))
    write(changed({ dependencies: { b: '*' }, packages: [...BASE.packages, b] }))
    const { code, report } = await diff()
    expect(code).toBe(1)
    expect(report.change?.base.policySha256).toBeNull()
    expect(rulesIn(report)).toEqual(['deny policy-changed'])
    expect((await diff(['main', '--allow-policy-change'])).code).toBe(0)
  })

  test('that nobody has, or that the base has broken, is an error', async () => {
    rmSync(inProject('depgate.config.json'))
    commitAll(git, 'without')
    const nobody = await depgate(['diff', 'main'])
    expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringContaining('there is no policy')])
    writeFileSync(inProject('depgate.config.json'), '{ "licences": 1 }')
    commitAll(git, 'broken')
    writeFileSync(inProject('depgate.config.json'), JSON.stringify(POLICY))
    const broken = await depgate(['diff', 'main'])
    expect(broken.code).toBe(2)
    expect(broken.stderr).toMatch(/the policy of the base, main, cannot be used/)
  })

  test.each<[what: string, path: () => string]>([
    ['as it is', () => inProject('strict.json')],
    ['through a link to the project', () => join(linkTo(scenario.project.folder), 'strict.json')],
    ['by a link to the file', () => linkTo(inProject('strict.json'))],
  ])('named %s is that of the base', async (_what, path) => {
    writeFileSync(inProject('strict.json'), JSON.stringify(POLICY))
    commitAll(git, 'another policy')
    writeFileSync(
      inProject('strict.json'),
      JSON.stringify({ licenses: { ...POLICY.licenses, allow: ['MIT', 'ISC', 'AGPL-3.0-only'] } }),
    )
    write(changed({ dependencies: { agpl: '*' }, packages: [...BASE.packages, agpl] }))
    const { code, report } = await diff(['main', '--config', path()])
    expect(code).toBe(1)
    expect(rulesIn(report)).toEqual(['deny policy-changed', 'deny license-not-allowed agpl@1.0.0'])
  })

  test('named outside of the repository judges both sides, for whoever runs depgate has chosen it', async () => {
    const outside = join(dirname(linkTo(scenario.project.folder)), 'policy.json')
    writeFileSync(outside, JSON.stringify({ licenses: { allow: ['AGPL-3.0-only'] } }))
    write(changed({ dependencies: { agpl: '*' }, packages: [...BASE.packages, agpl] }))
    const { code, report } = await diff(['main', '--config', outside])
    expect([code, rulesIn(report)]).toEqual([0, []])
  })

  test('extends a file of the base', async () => {
    writeFileSync(inProject('base.json'), JSON.stringify(POLICY))
    writeFileSync(inProject('depgate.config.json'), JSON.stringify({ extends: './base.json' }))
    commitAll(git, 'extends')
    writeFileSync(inProject('base.json'), JSON.stringify({ licenses: { allow: ['MIT', 'AGPL-3.0-only'] } }))
    write(changed({ dependencies: { agpl: '*' }, packages: [...BASE.packages, agpl] }))
    const { code, report } = await diff()
    expect(code).toBe(1)
    expect(rulesIn(report)).toContain('deny license-not-allowed agpl@1.0.0')
    expect(report.change?.needsPolicyOwner.length).toBeGreaterThan(0)
  })

  test('extends the package that the lockfile of the base pins, whatever the change says or plants', async () => {
    const extended = { licenses: { scopes: POLICY.licenses.scopes }, extends: '@acme/policy' }
    const [one, two] = [the('@acme/policy@1.0.0'), the('@acme/policy@2.0.0')]
    writeFileSync(inProject('depgate.config.json'), JSON.stringify(extended))
    write(withPolicy(one))
    commitAll(git, 'a policy of the company')
    write(withPolicy(two, [agpl]))
    const manifest = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { dependencies: object }
    const dependencies = { ...manifest.dependencies, agpl: '*' }
    writeFileSync(inProject('package.json'), JSON.stringify({ ...manifest, dependencies }))
    const planted = inProject('node_modules/@acme/policy/depgate.config.json')
    mkdirSync(dirname(planted), { recursive: true })
    writeFileSync(join(dirname(planted), 'package.json'), '{ "name": "@acme/policy", "version": "1.0.0" }')
    writeFileSync(planted, JSON.stringify({ licenses: { allow: ['MIT', 'WTFPL', 'AGPL-3.0-only'] } }))
    const { code, report } = await diff()
    expect(code).toBe(1)
    expect(rulesIn(report)).toContain('deny license-not-allowed agpl@1.0.0')
    expect(report.change?.needsPolicyOwner).toEqual([
      { file: 'depgate.config.json', message: 'licenses.allow gets "AGPL-3.0-only"' },
    ])
    const offline = await depgate(['diff', 'main', '--offline', '--no-cache'])
    expect([offline.code, offline.stderr]).toEqual([3, expect.stringContaining('@acme/policy@1.0.0')])
  })

  test('extends a package that no lockfile pins: exit code 2', async () => {
    writeFileSync(inProject('depgate.config.json'), JSON.stringify({ extends: '@acme/policy' }))
    commitAll(git, 'package')
    const planted = inProject('node_modules/@acme/policy/depgate.config.json')
    mkdirSync(dirname(planted), { recursive: true })
    writeFileSync(planted, JSON.stringify({ licenses: { allow: ['AGPL-3.0-only'] } }))
    const { code, stderr } = await depgate(['diff', 'main'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('@acme/policy')])
  })
})

/** Writes files of the project as JSON. */
function put(files: Record<string, object>): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(inProject(name), JSON.stringify(content))
}

/** Main begins with some files and goes on with others; the change branches off before that, and is checked out. */
function fork(before: Record<string, object>, after: Record<string, object>): void {
  put(before)
  commitAll(git, 'before')
  git('checkout', '--quiet', '-b', 'feature')
  git('checkout', '--quiet', 'main')
  put(after)
  commitAll(git, 'after')
  git('checkout', '--quiet', 'feature')
}

describe('the policy of a branch that went on', () => {
  const STRICT = { ...POLICY, packages: { relicensed: 'deny' } }
  const LAX = { licenses: { ...POLICY.licenses, allow: ['MIT', 'ISC', 'AGPL-3.0-only'] } }

  test('judges, and a change that branched off before is not told that it changes the policy', async () => {
    put({ 'depgate.config.json': LAX, 'depgate.baseline.json': FORGED })
    commitAll(git, 'lax')
    git('checkout', '--quiet', '-b', 'feature')
    write(changed({ dependencies: { agpl: '*' }, packages: [...BASE.packages, agpl] }))
    commitAll(git, 'feature')
    const before = await diff()
    expect([before.code, rulesIn(before.report)]).toEqual([0, []])
    git('checkout', '--quiet', 'main')
    put({ 'depgate.config.json': POLICY })
    rmSync(inProject('depgate.baseline.json'))
    commitAll(git, 'strict')
    git('checkout', '--quiet', 'feature')
    const { code, report } = await diff()
    expect([code, rulesIn(report)]).toEqual([1, ['deny license-not-allowed agpl@1.0.0']])
    expect(report.change?.needsPolicyOwner).toEqual([])
    expect(report.change?.base.commit).toBe(git('merge-base', 'main', 'feature'))
  })

  test('is no change of a branch that keeps to it', async () => {
    fork({ 'depgate.config.json': POLICY }, { 'depgate.config.json': STRICT })
    write(changed({ dependencies: { b: '*' }, packages: [...BASE.packages, b] }))
    const { code, report } = await diff()
    expect([code, rulesIn(report), changesIn(report)]).toEqual([0, [], ['added b - - > 1.0.0 ISC []']])
  })

  test.each<[what: string, change: Record<string, object>, said: RegExp]>([
    ['itself', { 'depgate.config.json': LAX }, /licenses\.allow gets "AGPL-3\.0-only"/],
    [
      'by a baseline',
      { 'depgate.baseline.json': FORGED },
      /the baseline accepts license-not-allowed of agpl/,
    ],
    ['by a file that only the newer one extends', { 'rules.json': LAX }, /the policy of the base reads it/],
  ])('is changed %s: that is for a policy owner', async (_what, change, said) => {
    const extending = { extends: './rules.json' }
    fork({ 'depgate.config.json': POLICY, 'rules.json': POLICY }, { 'depgate.config.json': extending })
    put(change)
    const { code, report } = await diff()
    expect(code).toBe(1)
    expect(report.change?.needsPolicyOwner.map(({ message }) => message).join()).toMatch(said)
  })

  test('judges where the tip itself is compared, too', async () => {
    fork({ 'depgate.config.json': LAX }, { 'depgate.config.json': POLICY })
    write(changed({ dependencies: { agpl: '*' }, packages: [...BASE.packages, agpl] }))
    const { code, report } = await diff(['main', '--no-merge-base'])
    expect(code).toBe(1)
    expect(rulesIn(report)).toContain('deny license-not-allowed agpl@1.0.0')
  })
})

describe('the base may be', () => {
  test('a branch that went on: what both have in common counts, or its tip', async () => {
    const fork = git('rev-parse', 'HEAD')
    write(changed({ dependencies: { b: '*' }, packages: [...BASE.packages, b] }))
    commitAll(git, 'main goes on')
    git('checkout', '--quiet', '-b', 'feature', fork)
    write(changed({ dependencies: { b: '*' }, packages: [...BASE.packages, b2] }))
    commitAll(git, 'feature')
    expect(changesIn((await diff()).report)).toEqual(['added b - - > 1.1.0 ISC []'])
    expect(changesIn((await diff(['main', '--no-merge-base'])).report)).toEqual([
      'updated b 1.0.0 ISC > 1.1.0 ISC [version]',
    ])
  })

  test('a lockfile, with the policy beside it or the own one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'depgate-old-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    cpSync(inProject('package-lock.json'), join(folder, 'old.json'))
    cpSync(inProject('package.json'), join(folder, 'package.json'))
    write(changed({ dependencies: { agpl: '*' }, packages: [...BASE.packages, agpl] }))
    rmSync(inProject('.git'), { recursive: true })
    const { code, report } = await diff([join(folder, 'old.json')])
    expect(code).toBe(1)
    expect(changesIn(report)).toEqual(['added agpl - - > 1.0.0 AGPL-3.0-only []'])
    writeFileSync(
      join(folder, 'depgate.config.json'),
      JSON.stringify({ licenses: { allow: ['AGPL-3.0-only'] } }),
    )
    const other = await diff([join(folder, 'old.json'), '--allow-policy-change'])
    expect(other.code).toBe(0)
  })

  test('the newest release', async () => {
    git('tag', 'v1.0.0')
    write(changed({ dependencies: { b: '*' }, packages: [...BASE.packages, b] }))
    commitAll(git, 'since then')
    const { report } = await diff(['--since-release'])
    expect(report.change?.base.name).toBe('v1.0.0')
    expect(changesIn(report)).toEqual(['added b - - > 1.0.0 ISC []'])
  })

  test('of another lockfile version, or name', async () => {
    const lock = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')) as {
      lockfileVersion: number
    }
    writeFileSync(inProject('npm-shrinkwrap.json'), JSON.stringify({ ...lock, lockfileVersion: 2 }))
    rmSync(inProject('package-lock.json'))
    const { code, report } = await diff()
    expect([code, changesIn(report)]).toEqual([0, []])
  })

  test('the state of a project below the top of its repository, under a name with blanks and umlauts', async () => {
    const top = mkdtempSync(join(tmpdir(), 'depgate mit Ümläuten '))
    onTestFinished(() => rmSync(top, { recursive: true, force: true }))
    const folder = join(top, 'pakete/größe 1')
    mkdirSync(folder, { recursive: true })
    write(BASE, folder)
    writeFileSync(join(folder, 'depgate.config.json'), JSON.stringify(POLICY))
    startRepository(top)
    write(changed({ dependencies: { agpl: '*' }, packages: [...BASE.packages, agpl] }), folder)
    const { code, report } = await diff(['main'], folder)
    expect(code).toBe(1)
    expect(changesIn(report)).toEqual(['added agpl - - > 1.0.0 AGPL-3.0-only []'])
  })
})

describe('bad input', () => {
  test.each<[what: string, args: string[], change: () => void, code: number, said: RegExp]>([
    ['an unknown ref', ['nowhere'], () => undefined, 2, /"nowhere" is no commit, branch or tag/],
    [
      'a ref that is an option',
      ['--', '--upload-pack=touch planted'],
      () => undefined,
      2,
      /is no commit, branch or tag/,
    ],
    ['no base at all', [], () => undefined, 2, /compares with one base/],
    ['two bases', ['main', '--since-release'], () => undefined, 2, /compares with one base/],
    ['no tag', ['--since-release'], () => undefined, 2, /No tag leads to the present commit/],
    [
      'no repository',
      ['main'],
      () => rmSync(inProject('.git'), { recursive: true }),
      2,
      /lies in no git repository/,
    ],
    [
      'a base without lockfile',
      ['main'],
      () => {
        git('rm', '--quiet', '--cached', 'package-lock.json')
        git('commit', '--quiet', '--message', 'none')
      },
      3,
      /In the base, main: There is neither/,
    ],
    [
      'a base whose lockfile is cut',
      ['main'],
      () => {
        const text = readFileSync(inProject('package-lock.json'), 'utf8')
        writeFileSync(inProject('package-lock.json'), text.slice(0, 100))
        commitAll(git, 'cut')
        writeFileSync(inProject('package-lock.json'), text)
      },
      3,
      /In the base, main: package-lock\.json is cut off/,
    ],
    [
      'a binary lockfile',
      ['main'],
      () => writeFileSync(inProject('package-lock.json'), Buffer.alloc(2000, 0xfe)),
      3,
      /package-lock\.json/,
    ],
    ['no lockfile any more', ['main'], () => rmSync(inProject('package-lock.json')), 3, /There is neither/],
    [
      'a lockfile that is a link now',
      ['main'],
      () => {
        renameSync(inProject('package-lock.json'), inProject('elsewhere.json'))
        symlinkSync('elsewhere.json', inProject('package-lock.json'))
      },
      3,
      /package-lock\.json is a symbolic link/,
    ],
  ])('%s', async (_what, args, change, code, said) => {
    change()
    const result = await depgate(['diff', ...PATIENT, ...args])
    expect([result.code, result.stdout + result.stderr]).toEqual([code, expect.stringMatching(said)])
    expect(existsSync(inProject('planted'))).toBe(false)
  })

  test('two lockfiles are told', async () => {
    cpSync(inProject('package-lock.json'), inProject('npm-shrinkwrap.json'))
    const { code, report } = await diff()
    expect([code, rulesIn(report)]).toEqual([0, ['warn lockfile-twice']])
  })

  test('a shallow clone names the fix; a bare repository and a detached work tree have their outcome', async () => {
    commitAll(git, 'more')
    const folder = mkdtempSync(join(tmpdir(), 'depgate-clones-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const from = pathToFileURL(scenario.project.folder).href
    gitIn(folder)('clone', '--quiet', '--depth', '1', from, 'shallow')
    const shallow = await depgate(['diff', 'HEAD~1'], { cwd: join(folder, 'shallow') })
    expect([shallow.code, shallow.stderr]).toEqual([2, expect.stringContaining('fetch-depth: 0')])

    gitIn(folder)('clone', '--quiet', '--bare', from, 'bare.git')
    const bare = await depgate(['diff', 'main'], { cwd: join(folder, 'bare.git') })
    expect([bare.code, bare.stderr]).toEqual([2, expect.stringContaining('bare repository')])

    git('worktree', 'add', '--quiet', '--detach', join(folder, 'detached'))
    write(
      changed({ dependencies: { agpl: '*' }, packages: [...BASE.packages, agpl] }),
      join(folder, 'detached'),
    )
    const detached = await diff(['main'], join(folder, 'detached'))
    expect(detached.code).toBe(1)
  })

  test('a submodule is a repository like any other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'depgate-super-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const outer = gitIn(folder)
    outer('init', '--quiet', '--initial-branch', 'main')
    outer('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', scenario.project.folder, 'sub')
    write(changed({ dependencies: { agpl: '*' }, packages: [...BASE.packages, agpl] }), join(folder, 'sub'))
    expect((await diff(['main'], join(folder, 'sub'))).code).toBe(1)
  })
})

test("a stranger's pull request: found, and nothing of it was run", async () => {
  writeFileSync(inProject('depgate.config.json'), JSON.stringify(POLICY))
  commitAll(git, 'main')
  git('checkout', '--quiet', '-b', 'stranger')
  const plant = (name: string): string =>
    `require('fs').writeFileSync(${JSON.stringify(inProject(`planted-${name}`))}, '')`
  write(changed({ dependencies: { agpl: '*', liar: '*' }, packages: [...BASE.packages, agpl, liar] }))
  const files: Record<string, string> = {
    'depgate.config.json': JSON.stringify({
      licenses: { allow: ['MIT', 'ISC', 'AGPL-3.0-only', 'GPL-3.0-only'] },
    }),
    'depgate.config.ts': plant('config'),
    'vitest.config.ts': plant('vitest'),
    '.npmrc': 'registry=https://evil.registry.example/\nnode-options=--require ./evil.js\n',
    '.gitattributes': '* filter=evil diff=evil\n',
    'evil.js': plant('preload'),
    'depgate.baseline.json': JSON.stringify(FORGED),
    'node_modules/.bin/depgate': `#!/usr/bin/env node\n${plant('bin')}`,
    'node_modules/.bin/git': `#!/bin/sh\ntouch ${inProject('planted-git')}`,
    '.cache/depgate/v1/snapshots/forged': 'forged',
    '.githooks/post-checkout': `#!/bin/sh\ntouch ${inProject('planted-hook')}`,
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(inProject(path)), { recursive: true })
    writeFileSync(inProject(path), text)
    chmodSync(inProject(path), 0o755)
  }
  commitAll(git, 'please merge')
  // What a careless checkout step could have left in the repository's own configuration.
  const evil = inProject('planted-setting')
  for (const [key, value] of [
    ['core.fsmonitor', `touch ${evil}`],
    ['core.hooksPath', '.githooks'],
    ['core.pager', `touch ${evil}`],
    ['diff.evil.textconv', `touch ${evil}`],
    ['filter.evil.clean', `touch ${evil}`],
    ['filter.evil.smudge', `touch ${evil}`],
    ['diff.external', `touch ${evil}`],
  ] as const)
    git('config', key, value)

  const before = scenario.registry.requests.length
  const result = await depgate(['diff', 'main', '--format', 'json', ...PATIENT], {
    env: {
      PATH: `${inProject('node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      GIT_EXTERNAL_DIFF: `touch ${evil}`,
    },
  })
  const report = JSON.parse(result.stdout) as RunReport
  expect(result.code).toBe(1)
  expect(rulesIn(report)).toEqual(
    expect.arrayContaining([
      'deny license-not-allowed agpl@1.0.0',
      'deny license-conflict liar@1.0.0',
      'deny policy-changed',
    ]),
  )
  expect(report.findings.filter(({ known }) => known !== undefined)).toEqual([])
  const planted = ['config', 'vitest', 'preload', 'bin', 'git', 'hook', 'setting']
  expect(planted.filter((name) => existsSync(inProject(`planted-${name}`)))).toEqual([])
  const asked = scenario.registry.requests.slice(before)
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter(({ headers }) => headers['authorization'] !== undefined)).toEqual([])
})
