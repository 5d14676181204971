import { describe, expect, test } from 'vitest'
import { confirmTree, readTree, unconfirmed } from '#collectors/collect'
import type { TreeDraft } from '#collectors/collect'
import type { Inventory, PackageInstance } from '#model/inventory'
import type { ProjectFiles } from './project-folder.ts'
import { addFiles, lockfile, makeProject, pkg } from './project-folder.ts'
import { makeScenario, recordingOf, SCENARIOS } from './scenarios.ts'
import { disksOf } from './project-folder.ts'

const app = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  name: 'app',
  version: '1.0.0',
  ...more,
})

const filesWith = (spec: string): ProjectFiles => ({
  'package.json': app({ dependencies: { a: spec } }),
  'node_modules/a/package.json': pkg('b', '1.0.0'),
})

function draftOf(project: string, omitDev = false): TreeDraft {
  const draft = readTree(disksOf(project), { project, omitDev })
  if (!draft.ok) throw new Error(JSON.stringify(draft.failure))
  return draft.value
}

function failureOf(project: string) {
  const draft = readTree(disksOf(project), { project, omitDev: false })
  if (draft.ok) throw new Error('the tree was believed')
  return draft.failure
}

function inventoryOf(scenario: string, withLockfile = true): Inventory {
  const inventory = confirmTree(draftOf(makeScenario(scenario, withLockfile)), recordingOf(scenario))
  if (!inventory.ok) throw new Error(JSON.stringify(inventory.failure))
  return inventory.value
}

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

const short = ({ location, name, version, source, kinds, installed, workspaces }: PackageInstance): string =>
  `${location || '.'} ${name}@${version} ${source} [${kinds.join()}] by [${workspaces.join()}]${installed ? '' : ' left out'}`

/** A dependent that asks for another version of `c`, as npm puts it. */
function asks(from: string): string {
  return `"^1.0.0" from ${from}`
}

/** What is said of `c` when npm shows it twice, with one text at the top and another below `a`. */
function messageFor(first: string, second: string): string | undefined {
  const c = { version: '2.0.0' }
  const a = { version: '1.0.0', dependencies: { c: { ...c, invalid: second } } }
  const said = { name: 'app', version: '1.0.0', dependencies: { a, c: { ...c, invalid: first } } }
  const confirmed = confirmTree(draftOf(makeScenario('invalid')), JSON.stringify(said))
  return confirmed.ok ? confirmed.value.problems[0]?.message : confirmed.failure.message
}

describe('what the scenarios mean', () => {
  test('workspaces', () => {
    const inventory = inventoryOf('workspaces')
    expect(inventory.instances.map(short)).toEqual([
      '. app@1.0.0 root [] by [.]',
      'node_modules/shared shared@1.0.0 registry [production] by [packages/a,packages/b]',
      'node_modules/tool tool@1.2.0 registry [dev] by [.,packages/b]',
      'packages/a @app/a@1.0.0 workspace [] by [packages/a,packages/b]',
      'packages/b @app/b@2.0.0 workspace [] by [packages/b]',
      'packages/b/node_modules/shared shared@2.0.0 registry [production] by [packages/b]',
    ])
    expect(inventory.edges).toEqual([
      { from: '', to: 'node_modules/tool', name: 'tool', spec: '^1.0.0', kind: 'dev' },
      { from: 'packages/a', to: 'node_modules/shared', name: 'shared', spec: '^1.0.0', kind: 'production' },
      { from: 'packages/b', to: 'packages/a', name: '@app/a', spec: '*', kind: 'production' },
      {
        from: 'packages/b',
        to: 'packages/b/node_modules/shared',
        name: 'shared',
        spec: '^2.0.0',
        kind: 'production',
      },
      { from: 'packages/b', to: 'node_modules/tool', name: 'tool', spec: '^1.0.0', kind: 'dev' },
    ])
    expect(inventory).toMatchObject({
      problems: [],
      lockfile: 'package-lock.json',
      root: { name: 'app', version: '1.0.0' },
    })
    expect(inventory.lockfileSha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test('an alias has its true name, with a lockfile and without', () => {
    expect(inventoryOf('alias').instances[1]).toMatchObject({
      location: 'node_modules/short',
      name: '@scope/real',
      version: '1.4.0',
      declared: { license: 'MIT' },
    })
    expect(inventoryOf('alias', false).instances[1]).toMatchObject({
      name: '@scope/real',
      source: 'registry',
    })
  })

  test('a missing peer is a problem with the path to who wants it', () => {
    expect(inventoryOf('missing-peer').problems).toEqual([
      {
        type: 'missing-peer',
        package: 'host',
        message: 'plugin@1.0.0 needs the peer host@^3.0.0, which is not installed.',
        fix: 'Add host to the project, if it is used.',
        path: ['app@1.0.0', 'plugin@1.0.0'],
      },
    ])
  })

  test.each([
    ['of a package', {}, { peerDependencies: { host: '1' } }, false],
    ['of the project', { peerDependencies: { host: '1' } }, {}, false],
    ['that is developed with', { peerDependencies: { host: '1' }, devDependencies: { host: '1' } }, {}, true],
  ])('a missing peer %s that the lockfile has is listed, with all it needs', (_, ofRoot, ofA, omitDev) => {
    const root = app({ dependencies: { a: '1' }, ...ofRoot })
    const project = makeProject({
      'package.json': root,
      'node_modules/a/package.json': pkg('a', '1.0.0', ofA),
      'package-lock.json': lockfile({
        '': root,
        'node_modules/a': { version: '1.0.0', ...ofA },
        'node_modules/host': { version: '1.0.0', peer: true, dependencies: { below: '1' } },
        'node_modules/below': { version: '1.0.0', peer: true },
      }),
    })
    const { instances, problems } = draftOf(project, omitDev).inventory
    expect(instances.filter(({ installed }) => !installed).map(({ name }) => name)).toEqual(['below', 'host'])
    expect(problems.map(({ type }) => type)).toEqual(['missing-peer'])
  })

  test('a missing dependency is a problem, and not listed', () => {
    const { problems, instances } = inventoryOf('missing')
    expect(problems).toMatchObject([{ type: 'missing', package: 'gone', path: ['app@1.0.0', 'a@1.0.0'] }])
    expect(instances.map(({ name }) => name)).toEqual(['app', 'a'])
  })

  test('an invalid one is a problem, and what lies on disk is listed', () => {
    const { problems, instances } = inventoryOf('invalid')
    expect(problems).toMatchObject([{ type: 'invalid', package: 'c@2.0.0' }])
    expect(problems[0]?.message).toContain('"^1.0.0" from node_modules/a')
    expect(instances.map(short)).toContain('node_modules/c c@2.0.0 registry [production] by [.]')
  })

  test('all who ask for another version are named, whatever npm had met when it first showed it', () => {
    const [a, root] = [asks('node_modules/a'), asks('the root project')]
    const expected = `c@2.0.0 is installed, but not what is asked for: ${a}, ${root}.`
    expect(messageFor(root, `${root}, ${a}`)).toBe(expected)
    expect(messageFor(`${a}, ${root}`, a)).toBe(expected)
    const many = Array.from({ length: 10 }, (_, at) => asks(`node_modules/p${at}`))
    expect(messageFor(many.join(', '), a)).toMatch(/: "\^1\.0\.0" from node_modules\/a, .*p6 and 3 more\.$/)
  })

  test('an extraneous one is judged as production, with all below it', () => {
    const { problems, instances } = inventoryOf('extraneous')
    expect(instances.filter(({ extraneous }) => extraneous).map(short)).toEqual([
      'node_modules/stray stray@0.1.0 registry [production] by [.]',
      'node_modules/stray/node_modules/under under@1.0.0 registry [production] by [.]',
    ])
    expect(problems.map(({ type, package: id }) => `${type} ${id}`)).toEqual([
      'extraneous stray@0.1.0',
      'extraneous under@1.0.0',
    ])
  })

  test('optional packages this platform leaves out are listed with all they need', () => {
    const { problems, instances } = inventoryOf('optional-left-out')
    expect(problems).toEqual([])
    expect(instances.map(short)).toEqual([
      '. app@1.0.0 root [] by [.]',
      'node_modules/mac-bits mac-bits@1.1.0 registry [optional] by [.] left out',
      'node_modules/watch watch@1.0.0 registry [production] by [.]',
      'node_modules/watch-mac watch-mac@1.0.0 registry [optional] by [.] left out',
    ])
    expect(instances[1]?.integrity).toMatch(/^sha512-/)
    expect(instances[1]?.line).toBeGreaterThan(1)
  })

  test('an optional dependency of the project that is in neither lockfile nor disk was never resolved', () => {
    const project = makeProject({
      'package.json': app({ dependencies: { a: '1' }, optionalDependencies: { gone: '^1.0.0' } }),
      'node_modules/a/package.json': pkg('a', '1.0.0', { optionalDependencies: { other: '1' } }),
      'package-lock.json': lockfile({
        '': app({ dependencies: { a: '1' } }),
        'node_modules/a': { version: '1.0.0', optionalDependencies: { other: '1' } },
      }),
    })
    const { problems } = draftOf(project).inventory
    expect(problems).toMatchObject([
      {
        type: 'missing',
        package: 'gone',
        message: expect.stringContaining('in neither the lockfile nor node_modules') as string,
      },
    ])
  })

  test('what came inside a tarball is bundled', () => {
    const sources = inventoryOf('bundled').instances.map(({ name, source }) => `${name} ${source}`)
    expect(sources).toEqual(['app root', 'carrier registry', 'core bundled', 'inner bundled'])
  })

  test('what is bundled names the registry package that carries it, however deep it lies', () => {
    const carriers = inventoryOf('bundled').instances.map(({ name, carrier }) => [name, carrier?.name])
    expect(carriers).toEqual([
      ['app', undefined],
      ['carrier', undefined],
      ['core', 'carrier'],
      ['inner', 'carrier'],
    ])
  })

  test.each([
    ['git', 'git+ssh://git@host.example/u/r.git#abc'],
    ['file', 'file:carrier.tgz'],
    ['url', 'https://host.example/carrier.tgz'],
  ])('what a %s dependency carries is from there too', (source, spec) => {
    const carrier = { dependencies: { core: '1' }, bundleDependencies: ['core'] }
    const project = makeProject({
      'package.json': app({ dependencies: { carrier: spec } }),
      'node_modules/carrier/package.json': pkg('carrier', '1.0.0', carrier),
      'node_modules/carrier/node_modules/core/package.json': pkg('core', '1.0.0'),
      'package-lock.json': lockfile({
        '': app(),
        'node_modules/carrier': { version: '1.0.0', resolved: spec, ...carrier },
        'node_modules/carrier/node_modules/core': { version: '1.0.0', inBundle: true },
      }),
    })
    const core = draftOf(project).inventory.instances.find(({ name }) => name === 'core')
    expect(core).toMatchObject({ source })
    expect(core).not.toHaveProperty('carrier')
  })

  test('a folder of the project carries nothing in a tarball, even if it says so', () => {
    const local = pkg('local', '1.0.0', { dependencies: { core: '1' }, bundleDependencies: ['core'] })
    const project = makeProject({
      'package.json': app({ dependencies: { local: 'file:local' } }),
      'local/package.json': local,
      'local/node_modules/core/package.json': pkg('core', '1.0.0'),
      'node_modules/local': { link: '../local' },
      'package-lock.json': lockfile({
        '': app(),
        local: { version: '1.0.0' },
        'local/node_modules/core': { version: '1.0.0', inBundle: true },
        'node_modules/local': { resolved: 'local', link: true },
      }),
    })
    const core = draftOf(project).inventory.instances.find(({ name }) => name === 'core')
    expect(core).toMatchObject({ source: 'registry' })
  })

  test('what a tarball for another platform carries has no copy here, so the registry speaks for it', () => {
    const wasm = { dependencies: { core: '^1.0.0' }, bundleDependencies: ['core'] }
    const project = makeProject({
      'package.json': app({ optionalDependencies: { wasm: '^1.0.0' } }),
      'node_modules/.keep': '',
      'package-lock.json': lockfile({
        '': app({ optionalDependencies: { wasm: '^1.0.0' } }),
        'node_modules/wasm': { version: '1.0.0', optional: true, cpu: ['wasm32'], ...wasm },
        'node_modules/wasm/node_modules/core': { version: '1.0.0', optional: true, inBundle: true },
      }),
    })
    const core = draftOf(project).inventory.instances.find(({ name }) => name === 'core')
    expect(core).toMatchObject({ source: 'registry', installed: false })
  })

  test.each(Object.keys(SCENARIOS))('%s without a lockfile says so', (name) => {
    expect(inventoryOf(name, false).problems.map(({ type }) => type)).toContain('no-lockfile')
  })
})

describe('npm must agree', () => {
  test.each([
    ['an empty tree', () => '{}', 'npm-ls-unreadable'],
    ['only the root', () => '{"name":"app","version":"1.0.0"}', 'tree-mismatch'],
    ['another project', (text: string) => text.replace('"name": "app"', '"name": "other"'), 'tree-mismatch'],
    ['another version', (text: string) => text.replace('"1.2.0"', '"1.2.1"'), 'tree-mismatch'],
    ['a package less', (text: string) => text.replace(/"tool": \{[^}]*\}/g, '"tool": {}'), 'tree-mismatch'],
    [
      'a package that is missing',
      (text: string) => text.replace(/"tool": \{[^}]*\}/g, '"tool": {"missing": true}'),
      'tree-mismatch',
    ],
    [
      'a package more',
      (text: string) => text.replace('"dependencies": {', '"dependencies": {"more": {"version": "1.0.0"},'),
      'tree-mismatch',
    ],
  ])('%s is refused', (_, change, code) => {
    const outcome = confirmTree(draftOf(makeScenario('workspaces')), change(recordingOf('workspaces')))
    expect(outcome).toMatchObject({ ok: false, failure: { code } })
  })

  test('the refusal lists the differences and the keys of the .npmrc', () => {
    const project = makeScenario('workspaces')
    addFiles(project, { '.npmrc': 'omit=dev\n' })
    const outcome = confirmTree(draftOf(project), '{"name":"app","version":"1.0.0"}')
    expect(outcome.ok ? [] : outcome.failure.details).toEqual([
      'node_modules/shared: shared@1.0.0, not shown by npm ls',
      'node_modules/tool: tool@1.2.0, not shown by npm ls',
      'packages/b/node_modules/shared: shared@2.0.0, not shown by npm ls',
      "the project's .npmrc sets omit: one of these may be the cause",
    ])
  })

  test('a missing package that only npm sees is a problem', () => {
    const text = recordingOf('alias').replace(
      '"dependencies": {',
      '"dependencies": {"ghost": {"missing": true},',
    )
    const outcome = confirmTree(draftOf(makeScenario('alias')), text)
    expect(outcome.ok && outcome.value.problems).toMatchObject([{ type: 'missing', package: 'ghost' }])
  })

  test('unconfirmed says so', () => {
    expect(unconfirmed(draftOf(makeScenario('alias'))).problems).toMatchObject([{ type: 'not-confirmed' }])
  })
})

describe('lockfile and disk must agree', () => {
  const base: ProjectFiles = {
    'package.json': app({ dependencies: { a: '1' } }),
    'node_modules/a/package.json': pkg('a', '1.0.0'),
  }
  const lock = (entry: Record<string, unknown>, more: Record<string, Record<string, unknown>> = {}): string =>
    lockfile({ '': app({ dependencies: { a: '1' } }), 'node_modules/a': entry, ...more })

  test.each([
    ['another version', lock({ version: '1.0.1' }), {}, 'node_modules/a: lockfile a@1.0.1, disk a@1.0.0'],
    [
      'another name',
      lock({ name: 'b', version: '1.0.0' }),
      {},
      'node_modules/a: lockfile b@1.0.0, disk a@1.0.0',
    ],
    [
      'an entry nothing asks for',
      lock({ version: '1.0.0' }, { 'node_modules/ghost': { version: '1.0.0' } }),
      {},
      'node_modules/ghost: in the lockfile, but not on disk, and nothing asks for it',
    ],
    [
      'a folder without package.json',
      lock({ version: '1.0.0' }),
      { 'node_modules/odd/index.js': 'x' },
      'node_modules/odd: a folder without a package.json',
    ],
    [
      'a package.json that is no JSON',
      lock({ version: '1.0.0' }),
      { 'node_modules/odd/package.json': '{"name": odd}' },
      'node_modules/odd/package.json is not JSON: mistake in line 1, column 10.',
    ],
    [
      'a package.json that is a link',
      lock({ version: '1.0.0' }),
      { 'node_modules/odd/package.json': { link: '../a/package.json' } },
      'node_modules/odd/package.json is a symbolic link.',
    ],
    [
      'a huge package.json',
      lock({ version: '1.0.0' }),
      { 'node_modules/odd/package.json': `{"x": "${'x'.repeat(300_000)}"}` },
      'node_modules/odd/package.json is larger than 256 KiB.',
    ],
    [
      'a link that leads nowhere',
      lock({ version: '1.0.0' }),
      { 'node_modules/odd': { link: '../nowhere' } },
      'node_modules/odd: a link that leads nowhere',
    ],
    [
      'a folder for a link',
      lock(
        { version: '1.0.0' },
        { lib: { name: 'b', version: '1.0.0' }, 'node_modules/b': { resolved: 'lib', link: true } },
      ),
      { 'node_modules/b/package.json': pkg('b', '1.0.0') },
      'node_modules/b: lockfile has a link, disk a folder',
    ],
    [
      'a link for a folder',
      lock({ version: '1.0.0' }, { 'node_modules/b': { version: '1.0.0' } }),
      { 'node_modules/b': { link: '../lib' }, 'lib/package.json': pkg('b', '1.0.0') },
      'node_modules/b: lockfile has a package, disk a link',
    ],
    [
      'a nested one replaced by another version further up',
      lock(
        { version: '1.0.0', dependencies: { c: '1' } },
        { 'node_modules/c': { version: '2.0.0' }, 'node_modules/a/node_modules/c': { version: '1.0.0' } },
      ),
      { 'node_modules/c/package.json': pkg('c', '2.0.0') },
      'node_modules/a/node_modules/c: in the lockfile, not on disk, and another c is found in its place',
    ],
  ])('%s is a difference', (_, text, more: ProjectFiles, expected) => {
    const failure = failureOf(makeProject({ ...base, 'package-lock.json': text, ...more }))
    expect(failure.code).toBe('tree-mismatch')
    expect(failure.details).toContain(expected)
    expect(failure.fix).toContain('npm ci')
  })

  test('a workspace that is a link into node_modules is a difference, not one of our own packages', () => {
    const failure = failureOf(
      makeProject({
        'package.json': app({ dependencies: { a: '1' }, workspaces: ['packages/*'] }),
        'node_modules/a/package.json': pkg('a', '1.0.0', { license: 'AGPL-3.0-only' }),
        'packages/a': { link: '../node_modules/a' },
        'package-lock.json': lock({ version: '1.0.0' }),
      }),
    )
    expect(failure.code).toBe('tree-mismatch')
    expect(failure.details).toContain('packages/a: a workspace that is a link into node_modules')
  })

  test('v1.0.0 is 1.0.0, empty folders and dot folders are nothing', () => {
    const project = makeProject({
      ...base,
      'node_modules/a/package.json': pkg('a', 'v1.0.0'),
      'package-lock.json': lock({ version: '1.0.0' }),
      'node_modules/empty': null,
      'node_modules/@scope': null,
      'node_modules/half/node_modules/.bin': null,
      'node_modules/.cache/x/package.json': 'no json',
      'node_modules/file.txt': 'x',
    })
    expect(draftOf(project).inventory.instances.map(({ name, version }) => `${name}@${version}`)).toEqual([
      'app@1.0.0',
      'a@1.0.0',
    ])
  })

  test('at most twenty differences are listed', () => {
    const names = Array.from({ length: 30 }, (_, index) => `node_modules/x${index}`)
    const project = makeProject({
      ...base,
      ...Object.fromEntries(names.map((name) => [`${name}/index.js`, 'x'])),
    })
    const { details } = failureOf(project)
    expect(details).toHaveLength(21)
    expect(details?.at(-1)).toBe('and 10 more')
  })

  test('npm-shrinkwrap.json wins over package-lock.json', () => {
    const project = makeProject({
      ...base,
      'package-lock.json': 'broken',
      'npm-shrinkwrap.json': lock({ version: '1.0.0' }),
    })
    expect(draftOf(project).inventory.lockfile).toBe('npm-shrinkwrap.json')
  })

  test('without a lockfile a folder may have another name only for an alias or an address', () => {
    expect(failureOf(makeProject(filesWith('^1'))).details).toEqual([
      'node_modules/a: the package.json names another package, b@1.0.0',
    ])
    expect(failureOf(makeProject(filesWith('npm:c@1'))).code).toBe('tree-mismatch')
    expect(draftOf(makeProject(filesWith('npm:b@1'))).inventory.instances[1]).toMatchObject({
      name: 'b',
      source: 'registry',
    })
    expect(draftOf(makeProject(filesWith('user/repo'))).inventory.instances[1]).toMatchObject({
      name: 'b',
      source: 'git',
    })
  })
})

describe('the project itself', () => {
  test.each([
    ['no folder', undefined, 'project-unreadable', /folder does not exist/],
    ['no package.json', {}, 'project-unreadable', /package\.json is missing/],
    ['a broken one', { 'package.json': '{\n  "name": x\n}' }, 'project-unreadable', /line 2, column 11/],
    ['an array', { 'package.json': '[]' }, 'project-unreadable', /not a JSON object/],
    ['odd workspaces', { 'package.json': app({ workspaces: 7 }) }, 'project-unreadable', /workspaces/],
    [
      'nothing installed',
      { 'package.json': app({ devDependencies: { a: '1' } }) },
      'not-installed',
      /node_modules/,
    ],
    [
      'a linked node_modules',
      { 'package.json': app(), node_modules: { link: '/' } },
      'tree-mismatch',
      /do not agree/,
    ],
  ])('%s is refused', (_, files, code, message) => {
    const project = files === undefined ? '/nowhere/at/all' : makeProject(files)
    const failure = failureOf(project)
    expect(failure.code).toBe(code)
    expect(failure.message).toMatch(message)
    expect(failure.fix).toBeTruthy()
    expect(JSON.stringify(failure)).not.toContain(project)
  })

  test('a workspace pattern of nothing but stars is walked in a moment', () => {
    const folders = Array.from({ length: 60 }, (_, index) => [`d${index}/e/f/g`, null])
    const project = makeProject({
      'package.json': app({ workspaces: [Array.from({ length: 300 }, () => '**').join('/')] }),
      'd0/package.json': pkg('own', '1.0.0'),
      ...Object.fromEntries(folders),
    })
    expect(draftOf(project).inventory.instances.map(({ name }) => name)).toEqual(['app', 'own'])
  })

  test('no dependencies at all is an inventory of the root', () => {
    const draft = draftOf(makeProject({ 'package.json': '{}' }))
    expect(draft.inventory.instances.map(short)).toEqual(['. @ root [] by [.]'])
    expect(confirmTree(draft, '{}').ok).toBe(true)
  })

  test('names of objects are names of packages', () => {
    const project = makeProject({
      'package.json': '{"name":"app","version":"1.0.0","dependencies":{"__proto__":"1","constructor":"1"}}',
      'node_modules/__proto__/package.json':
        '{"name":"__proto__","version":"1.0.0","__proto__":{"license":"MIT"}}',
      'node_modules/constructor/package.json': pkg('constructor', '1.0.0'),
    })
    const { instances } = draftOf(project).inventory
    expect(instances.map(({ name, kinds }) => `${name} ${kinds.join()}`)).toEqual([
      'app ',
      '__proto__ production',
      'constructor production',
    ])
    expect(instances[1]?.declared).toEqual({})
    expect(Object.prototype).not.toHaveProperty('license')
  })
})

describe('kinds and sources', () => {
  test('a path has one label, a package all labels of its paths', () => {
    const project = makeProject({
      'package.json': app({
        dependencies: { a: '1', both: '1' },
        devDependencies: { d: '1', both: '1', 'own-peer': '1', 'may-peer': '1' },
        optionalDependencies: { o: '1' },
        peerDependencies: { 'own-peer': '1', 'may-peer': '1' },
        peerDependenciesMeta: { 'may-peer': { optional: true } },
      }),
      'node_modules/a/package.json': pkg('a', '1.0.0', {
        dependencies: { low: '1', opt: '1' },
        optionalDependencies: { opt: '1' },
        peerDependencies: { p: '1' },
        devDependencies: { never: '1' },
      }),
      'node_modules/both/package.json': pkg('both', '1.0.0'),
      'node_modules/d/package.json': pkg('d', '1.0.0', {
        dependencies: { low: '1' },
        optionalDependencies: { deep: '1' },
      }),
      'node_modules/deep/package.json': pkg('deep', '1.0.0'),
      'node_modules/low/package.json': pkg('low', '1.0.0', { dependencies: { a: '1' } }),
      'node_modules/o/package.json': pkg('o', '1.0.0', {
        dependencies: { deep: '1' },
        peerDependencies: { p: '1' },
      }),
      'node_modules/opt/package.json': pkg('opt', '1.0.0'),
      'node_modules/own-peer/package.json': pkg('own-peer', '1.0.0'),
      'node_modules/may-peer/package.json': pkg('may-peer', '1.0.0'),
      'node_modules/p/package.json': pkg('p', '1.0.0'),
    })
    expect(
      Object.fromEntries(draftOf(project).inventory.instances.map(({ name, kinds }) => [name, kinds.join()])),
    ).toEqual({
      app: '',
      a: 'production,dev',
      both: 'production',
      d: 'dev',
      deep: 'dev,optional',
      low: 'production,dev',
      o: 'optional',
      opt: 'dev,optional',
      'own-peer': 'dev,peer',
      'may-peer': 'dev',
      p: 'dev,optional,peer',
    })
  })

  test.each([
    ['git', { version: '1.0.0', resolved: 'git+ssh://git@host.example/u/r.git#abc' }, '^1'],
    ['git', { version: '1.0.0' }, 'user/repo'],
    ['url', { version: '1.0.0', resolved: 'https://host.example/a.tgz' }, 'https://host.example/a.tgz'],
    ['file', { version: '1.0.0', resolved: 'file:a.tgz' }, 'file:a.tgz'],
    ['registry', { version: '1.0.0' }, '^1'],
    ['registry', { version: '1.0.0', resolved: 'https://registry.example/a.tgz' }, 'latest'],
    ['registry', { version: '1.0.0', inBundle: true }, '^1'],
  ])('%s: %j asked for as %s', (source, entry, spec) => {
    const project = makeProject({
      'package.json': app({ dependencies: { a: spec }, bundleDependencies: ['a'] }),
      'node_modules/a/package.json': pkg('a', '1.0.0'),
      'package-lock.json': lockfile({ '': app(), 'node_modules/a': entry }),
    })
    expect(draftOf(project).inventory.instances[1]).toMatchObject({ name: 'a', source })
  })

  test('an override with an address is that address', () => {
    const project = makeProject({
      'package.json': app({
        dependencies: { b: '1' },
        overrides: { b: { 'a@1': 'https://host.example/a.tgz' } },
      }),
      'node_modules/b/package.json': pkg('b', '1.0.0', { dependencies: { a: '1' } }),
      'node_modules/a/package.json': pkg('a', '1.0.0'),
    })
    expect(draftOf(project).inventory.instances[1]).toMatchObject({ name: 'a', source: 'url' })
  })

  test('a registry package that the lockfile has an address for says so', () => {
    const project = makeProject({
      'package.json': app({ dependencies: { a: '1', b: '1' } }),
      'node_modules/a/package.json': pkg('a', '1.0.0'),
      'node_modules/b/package.json': pkg('b', '1.0.0'),
      'package-lock.json': lockfile({
        '': app(),
        'node_modules/a': { version: '1.0.0', resolved: 'HTTPS://elsewhere.example/a.tgz' },
        'node_modules/b': { version: '1.0.0' },
      }),
    })
    const { instances } = draftOf(project).inventory
    expect(instances.map(({ addressed }) => addressed)).toEqual([
      undefined,
      'https://elsewhere.example',
      undefined,
    ])
  })

  test('an address shows no password', () => {
    const resolved = 'git+https://user:secret@host.example/u/r.git#abc'
    const project = makeProject({
      'package.json': app({ dependencies: { a: 'git+https://host.example/u/r.git' } }),
      'node_modules/a/package.json': pkg('a', '1.0.0'),
      'package-lock.json': lockfile({ '': app(), 'node_modules/a': { version: '1.0.0', resolved } }),
    })
    expect(draftOf(project).inventory.instances[1]?.resolved).toBe('git+https://host.example/u/r.git#abc')
  })

  test('links: inside the project they are read, outside they are not', () => {
    const project = makeProject({
      'package.json': app({ dependencies: { lib: 'file:lib', far: 'file:../far' } }),
      'lib/package.json': pkg('lib', '1.0.0', { dependencies: { x: '1' }, devDependencies: { y: '1' } }),
      'lib/node_modules/x/package.json': pkg('x', '1.0.0'),
      'node_modules/y/package.json': pkg('y', '1.0.0'),
      'node_modules/lib': { link: '../lib' },
      'node_modules/far': { link: '../../far' },
      '../far/package.json': pkg('far', '3.0.0'),
      'package-lock.json': lockfile({
        '': app({ dependencies: { lib: 'file:lib', far: 'file:../far' } }),
        '../far': { version: '3.0.0' },
        lib: { version: '1.0.0' },
        'lib/node_modules/x': { version: '1.0.0' },
        'node_modules/far': { resolved: '../far', link: true },
        'node_modules/lib': { resolved: 'lib', link: true },
        'node_modules/y': { version: '1.0.0', dev: true },
      }),
    })
    const { instances, problems } = draftOf(project).inventory
    expect(problems).toEqual([])
    expect(instances.map(short)).toEqual([
      '. app@1.0.0 root [] by [.]',
      'lib lib@1.0.0 link [production] by [.]',
      'lib/node_modules/x x@1.0.0 registry [production] by [.]',
      'node_modules/far far@3.0.0 link [production] by [.]',
      'node_modules/y y@1.0.0 registry [production] by [.]',
    ])
    expect(instances[3]).toMatchObject({ unreadable: { code: 'outside-project' } })
    expect(instances[3]?.declared).toBeUndefined()
  })

  test('development dependencies may be absent only where that is asked for', () => {
    const project = makeProject({
      'package.json': app({ devDependencies: { d: '1' }, dependencies: { a: '1' } }),
      'node_modules/a/package.json': pkg('a', '1.0.0'),
      'package-lock.json': lockfile({
        '': app(),
        'node_modules/a': { version: '1.0.0' },
        'node_modules/d': { version: '1.0.0', dev: true, dependencies: { e: '1' } },
        'node_modules/e': { version: '1.0.0', dev: true },
      }),
    })
    expect(draftOf(project).inventory.problems).toMatchObject([{ type: 'missing', package: 'd' }])
    const { problems, instances } = draftOf(project, true).inventory
    expect(problems).toEqual([])
    expect(instances.map(({ name, installed }) => `${name} ${installed}`)).toEqual([
      'app true',
      'a true',
      'd false',
      'e false',
    ])
    const npm =
      '{"name":"app","version":"1.0.0","dependencies":{"a":{"version":"1.0.0"},"d":{"missing":true}}}'
    expect(confirmTree(draftOf(project, true), npm)).toMatchObject({ ok: true, value: { problems: [] } })
  })

  test('a licence that is nested too deeply to be walked is kept as no licence', () => {
    const project = makeProject({
      'package.json': app({ dependencies: { a: '1', b: '1' } }),
      'node_modules/a/package.json': `{"name":"a","version":"1.0.0","license":${deep(100_000)}}`,
      'node_modules/b/package.json': `{"name":"b","version":"1.0.0","licenses":${deep(3)}}`,
    })
    expect(draftOf(project).inventory.instances.map(({ declared }) => declared)).toEqual([
      {},
      { license: {} },
      { licenses: [[[]]] },
    ])
  })

  test('a chain of 5,000 packages, and a cycle', () => {
    const chain = Array.from({ length: 5_000 }, (_, index) => index)
    const project = makeProject({
      'package.json': app({ dependencies: { p0: '1' } }),
      ...Object.fromEntries(
        chain.map((index) => [
          `node_modules/p${index}/package.json`,
          pkg(`p${index}`, '1.0.0', { dependencies: { [`p${(index + 1) % 5_000}`]: '1' } }),
        ]),
      ),
    })
    const { instances } = draftOf(project).inventory
    expect(instances).toHaveLength(5_001)
    expect(instances.every(({ extraneous }) => !extraneous)).toBe(true)
  })
})
