/** Each rule about imports on small projects: what it finds, and what it leaves alone. */
import { describe, expect, test } from 'vitest'
import type { RuleId } from '#model/finding'
import type { ImportRules } from '#model/import-rules'
import { importCase, judgeImports } from '#policy/judge-imports'
import { importGraph, importRules, STRICT, tree } from '../../../support/import-sketch.ts'
import type { Sketch } from '../../../support/import-sketch.ts'

const EMPTY = tree({ '': [] })

function judged(project: Sketch, rules: Partial<ImportRules> = STRICT, inventory = EMPTY) {
  return judgeImports(importCase(importGraph(project.files, project.packages), importRules(rules), inventory))
}

function told(project: Sketch, rule?: RuleId, rules: Partial<ImportRules> = STRICT, inventory = EMPTY) {
  return judged(project, rules, inventory)
    .filter((finding) => rule === undefined || finding.rule === rule)
    .map(({ rule: id, message, location }) => `${id} ${location?.file}:${location?.line} ${message}`)
}

describe('import-undeclared', () => {
  test('a package that no package.json declares, once, with every place', () => {
    const [finding, ...more] = judged({
      files: { 'src/a.ts': ['./src/b.ts', 'lodash/fp'], 'src/b.ts': ['lodash'] },
    })
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      rule: 'import-undeclared',
      severity: 'deny',
      package: 'lodash',
      message: 'the root package imports lodash, which package.json does not declare',
      fix: 'Run npm install lodash, or remove the import.',
      location: { file: 'src/a.ts', line: 2, column: 20 },
      details: ['also imported by src/b.ts:1'],
    })
  })

  test('says how to install it: the version of the tree, the workspace, and only for tests what only tests import', () => {
    const packages = { '.': {}, 'packages/a': {} }
    const [finding] = judged(
      { files: { 'packages/a/test/a.test.ts': ['left-pad'] }, packages },
      STRICT,
      tree({ '': ['x'], 'node_modules/x': ['left-pad'], 'node_modules/left-pad': [] }),
    )
    expect(finding?.fix).toBe(
      'Run npm install --save-dev --workspace packages/a left-pad@^1.2.3, or remove the import.',
    )
  })

  test.each<[string, Sketch]>([
    ['declared', { files: { 'a.ts': ['x'] }, packages: { '.': { dependencies: ['x'] } } }],
    ['a peer', { files: { 'a.ts': ['x'] }, packages: { '.': { peer: ['x'] } } }],
    ['optional', { files: { 'a.ts': ['x'] }, packages: { '.': { optional: ['x'] } } }],
    ['its types', { files: { 'a.ts': ['type @s/x'] }, packages: { '.': { dev: ['@types/s__x'] } } }],
    ['itself', { files: { 'a.ts': ['app/sub'] } }],
    ['a builtin', { files: { 'a.ts': ['node:fs'] } }],
    [
      'the root from its workspaces',
      { files: { 'a.ts': ['@acme/a'], 'packages/a/i.ts': [] }, packages: { '.': {}, 'packages/a': {} } },
    ],
    [
      'a test that uses what the root declares for all',
      {
        files: { 'packages/a/a.test.ts': ['vitest'] },
        packages: { '.': { dev: ['vitest'] }, 'packages/a': {} },
      },
    ],
  ])('is silent: %s', (_, project) => {
    expect(told(project)).toEqual([])
  })

  test('a workspace that imports another one has to declare it', () => {
    const packages = { '.': {}, 'packages/a': {}, 'packages/b': {} }
    expect(told({ files: { 'packages/a/i.ts': ['@acme/b'], 'packages/b/i.ts': [] }, packages })).toEqual([
      'import-undeclared packages/a/i.ts:1 packages/a imports @acme/b, which packages/a/package.json does not declare',
    ])
  })

  test('its fingerprint survives moved lines and further imports, and tells packages apart', () => {
    const before = judged({ files: { 'a.ts': ['x'] } })
    const after = judged({ files: { 'a.ts': ['node:fs', 'node:os', 'x'], 'b.ts': ['x'] } })
    expect(after.map(({ fingerprint }) => fingerprint)).toEqual(before.map(({ fingerprint }) => fingerprint))
    const other = judged({ files: { 'a.ts': ['y'] } })
    expect(other[0]?.fingerprint).not.toBe(before[0]?.fingerprint)
  })
})

describe('dependency-misplaced', () => {
  test('the root declares what only a workspace ships', () => {
    const packages = { '.': { dependencies: ['x'] }, 'packages/a': {} }
    const findings = judged({ files: { 'packages/a/i.ts': ['x'] }, packages })
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({
      rule: 'dependency-misplaced',
      message: 'packages/a imports x, which package.json declares and packages/a/package.json does not',
      fix: 'Move "x": "^1.0.0" from package.json to the dependencies of packages/a/package.json.',
      location: { file: 'packages/a/i.ts', line: 1 },
      details: ['declared in package.json:10'],
    })
  })

  test('a sibling declares it without using it: one finding, not three', () => {
    const packages = { '.': {}, 'packages/a': {}, 'packages/b': { dependencies: ['x'] } }
    const files = { 'packages/a/i.ts': ['x'], 'packages/b/i.ts': [] }
    expect(told({ files, packages })).toEqual([
      'dependency-misplaced packages/a/i.ts:1 packages/a imports x, which packages/b/package.json declares and packages/a/package.json does not',
    ])
  })

  test('a sibling that uses what it declares explains nothing', () => {
    const packages = { '.': {}, 'packages/a': {}, 'packages/b': { dependencies: ['x'] } }
    const files = { 'packages/a/i.ts': ['x'], 'packages/b/i.ts': ['x'] }
    expect(told({ files, packages }).map((line) => line.split(' ')[0])).toEqual(['import-undeclared'])
  })
})

describe('dev-in-production', () => {
  const packages = { '.': { dev: ['x'], entries: ['src/index.ts'] } }

  test('what an entry reaches ships', () => {
    const files = { 'src/index.ts': ['./src/a.ts'], 'src/a.ts': ['type y', 'x'] }
    expect(told({ files, packages }, 'dev-in-production')).toEqual([
      'dev-in-production src/a.ts:2 src/a.ts:2 ships and imports x, which is only a development dependency of package.json',
    ])
  })

  test.each<[string, Sketch['files']]>([
    ['types alone', { 'src/index.ts': ['type x'] }],
    ['what no entry reaches', { 'src/index.ts': [], 'src/other.ts': ['x'] }],
    [
      'what only a test reaches',
      { 'src/index.ts': [], 'test/a.test.ts': ['./src/helper.ts'], 'src/helper.ts': ['x'] },
    ],
    ['what is reached for its types alone', { 'src/index.ts': ['type ./src/t.ts'], 'src/t.ts': ['x'] }],
  ])('is silent: %s', (_, files) => {
    expect(told({ files, packages }, 'dev-in-production')).toEqual([])
  })

  test('a development dependency that is a peer, too, is there in production', () => {
    const both = { '.': { dev: ['x'], peer: ['x'] } }
    expect(told({ files: { 'a.ts': ['x'] }, packages: both })).toEqual([])
  })

  test('without entries every file ships that is no test', () => {
    const own = { '.': { dev: ['x'] } }
    expect(told({ files: { 'src/a.ts': ['x'] }, packages: own }, 'dev-in-production')).toHaveLength(1)
    expect(told({ files: { 'vite.config.ts': ['x'] }, packages: own }, 'dev-in-production')).toEqual([])
  })

  test('an entry that is no known file (built, not written) lets every file ship', () => {
    const own = { '.': { dev: ['x'], entries: ['dist/index.js'] } }
    expect(told({ files: { 'src/a.ts': ['x'] }, packages: own }, 'dev-in-production')).toHaveLength(1)
  })

  test('globs of the policy say what ships', () => {
    const own = { '.': { dev: ['x'] } }
    const files = { 'src/main.ts': [], 'src/tool.ts': ['x'] }
    const rules = { ...STRICT, production: ['src/main.ts'] }
    expect(told({ files, packages: own }, 'dev-in-production', rules)).toEqual([])
  })
})

describe('production-could-be-dev', () => {
  test('only tests import it', () => {
    const project = {
      files: { 'src/a.ts': [], 'test/a.test.ts': ['x'] },
      packages: { '.': { dependencies: ['x'] } },
    }
    expect(told(project)).toEqual([
      'production-could-be-dev package.json:10 x is a production dependency of package.json, but nothing that ships imports it',
    ])
  })

  test.each<[string, Sketch]>([
    ['a file that may ship', { files: { 'src/a.ts': ['x'] }, packages: { '.': { dependencies: ['x'] } } }],
    [
      'a file that no entry reaches may ship all the same',
      {
        files: { 'src/i.ts': [], 'src/b.ts': ['x'] },
        packages: { '.': { dependencies: ['x'], entries: ['src/i.ts'] } },
      },
    ],
    [
      'a tool uses it',
      {
        files: { 'a.test.ts': ['x'] },
        packages: { '.': { dependencies: ['x'], usedByTools: [{ name: 'x', by: 'scripts.start' }] } },
      },
    ],
  ])('is silent: %s', (_, project) => {
    expect(told(project)).toEqual([])
  })
})

describe('type-only-in-production', () => {
  const files = { 'src/a.ts': ['type x'] }

  test('an application needs no types', () => {
    expect(told({ files, packages: { '.': { dependencies: ['x'] } } })).toEqual([
      'type-only-in-production package.json:10 x is a production dependency of package.json, but only its types are imported',
    ])
  })

  test('a library hands types on', () => {
    expect(told({ files, packages: { '.': { dependencies: ['x'], entries: ['src/a.ts'] } } })).toEqual([])
  })
})

describe('dependency-unused', () => {
  test('nothing imports it', () => {
    expect(told({ files: { 'a.ts': [] }, packages: { '.': { dependencies: ['x'], dev: ['y'] } } })).toEqual([
      'dependency-unused package.json:10 package.json declares x, but nothing imports it and no script or configuration uses it',
      'dependency-unused package.json:11 package.json declares y, but nothing imports it and no script or configuration uses it',
    ])
  })

  test.each<[string, Sketch]>([
    ['a peer', { files: { 'a.ts': [] }, packages: { '.': { peer: ['x'] } } }],
    ['a peer for its own tests', { files: { 'a.ts': [] }, packages: { '.': { peer: ['x'], dev: ['x'] } } }],
    ['optional', { files: { 'a.ts': [] }, packages: { '.': { optional: ['x'] } } }],
    ['types', { files: { 'a.ts': [] }, packages: { '.': { dev: ['@types/x'] } } }],
    [
      'a tool',
      {
        files: { 'a.ts': [] },
        packages: { '.': { dev: ['x'], usedByTools: [{ name: 'x', by: 'scripts.lint' }] } },
      },
    ],
    ['types imported', { files: { 'a.test.ts': ['type x'] }, packages: { '.': { dev: ['x'] } } }],
    [
      'a workspace under the root',
      { files: { 'packages/a/a.test.ts': ['x'] }, packages: { '.': { dev: ['x'] }, 'packages/a': {} } },
    ],
    [
      'a sibling by its path',
      {
        files: { 'packages/a/i.ts': ['./packages/b/i.ts'], 'packages/b/i.ts': [] },
        packages: { '.': {}, 'packages/a': { dependencies: ['@acme/b'] }, 'packages/b': {} },
      },
    ],
    ['no source file at all', { files: {}, packages: { '.': { dependencies: ['x'] } } }],
  ])('is silent: %s', (_, project) => {
    expect(told(project, 'dependency-unused')).toEqual([])
  })

  test('an installed package asks for it as its peer', () => {
    const project = { files: { 'a.ts': ['x'] }, packages: { '.': { dependencies: ['x', 'y'] } } }
    const peers = tree({ '': ['x', 'y'], 'node_modules/x': ['peer y'], 'node_modules/y': [] })
    expect(told(project, undefined, STRICT, peers)).toEqual([])
  })

  test('a file that could not be read may be what imports it', () => {
    const problem = { code: 'syntax' as const, message: 'unexpected token', line: 3, column: 1 }
    const project = { files: { 'a.ts': { problem } }, packages: { '.': { dependencies: ['x'] } } }
    expect(told(project)).toEqual([
      'import-unreadable a.ts:3 nobody knows what a.ts imports: unexpected token',
    ])
  })
})

function unread(code: 'syntax' | 'unreadable'): Sketch {
  return { files: { 'a.ts': { problem: { code, message: 'm' } } } }
}

describe('import-unreadable', () => {
  test('what the file says for good is unknown, what may pass could not be checked', () => {
    expect(judged(unread('syntax')).map(({ verdict }) => verdict)).toEqual(['unknown'])
    expect(judged(unread('unreadable')).map(({ verdict }) => verdict)).toEqual(['incomplete'])
    const warned = judged(unread('syntax'), { unreadable: 'warn' })
    expect(warned.map(({ severity, verdict }) => [severity, verdict])).toEqual([['warn', 'pass']])
  })
})

describe('import-unresolved', () => {
  test('one for each specifier of a file', () => {
    const files = { 'a.ts': ['missing:x', 'node:fs', 'missing:x', 'missing:y'] }
    expect(told({ files })).toEqual([
      'import-unresolved a.ts:1 a.ts imports "missing:x", and there is nothing',
      'import-unresolved a.ts:4 a.ts imports "missing:y", and there is nothing',
    ])
  })
})

function circle(more: Sketch['files']) {
  return judged({ files: { 'b.ts': ['./a.ts'], ...more } })[0]?.fingerprint
}

describe('import-cycle', () => {
  test('the shortest way round, with the place of each step', () => {
    const files = {
      'a.ts': ['./b.ts'],
      'b.ts': ['./c.ts', './d.ts'],
      'c.ts': ['./a.ts'],
      'd.ts': ['export ./b.ts'],
    }
    expect(judged({ files })).toMatchObject([
      {
        rule: 'import-cycle',
        message: '2 files import each other in a circle: b.ts > d.ts > b.ts',
        location: { file: 'b.ts', line: 2 },
        details: [
          'b.ts:2 imports d.ts',
          'd.ts:1 imports b.ts',
          '4 files hang together in this way: a.ts, b.ts, c.ts, d.ts',
        ],
      },
    ])
  })

  test.each<[string, Sketch['files']]>([
    ['types', { 'a.ts': ['./b.ts'], 'b.ts': ['type ./a.ts'] }],
    ['what is loaded later', { 'a.ts': ['./b.ts'], 'b.ts': ['import() ./a.ts'] }],
    ['a diamond', { 'a.ts': ['./b.ts', './c.ts'], 'b.ts': ['./d.ts'], 'c.ts': ['./d.ts'], 'd.ts': [] }],
  ])('is silent: %s', (_, files) => {
    expect(told({ files })).toEqual([])
  })

  test('two circles are two findings, and a file that imports itself is one', () => {
    const files = { 'a.ts': ['./b.ts'], 'b.ts': ['./a.ts'], 'c.ts': ['./c.ts'] }
    expect(told({ files })).toEqual([
      'import-cycle a.ts:1 2 files import each other in a circle: a.ts > b.ts > a.ts',
      'import-cycle c.ts:1 c.ts imports itself',
    ])
  })

  test('known by its files: moved lines change nothing, a file that joins does', () => {
    expect(circle({ 'a.ts': ['node:fs', './b.ts'] })).toBe(circle({ 'a.ts': ['./b.ts'] }))
    expect(circle({ 'a.ts': ['./b.ts', './c.ts'], 'c.ts': ['./a.ts'] })).not.toBe(
      circle({ 'a.ts': ['./b.ts'] }),
    )
  })

  test('a circle of twenty thousand files ends soon', () => {
    const last = 20_000
    const files = Object.fromEntries(
      Array.from({ length: last + 1 }, (_, at) => [`${at}.ts`, [`./${at === last ? 0 : at + 1}.ts`]]),
    )
    expect(judged({ files })).toHaveLength(1)
  })
})

function from(...imports: string[]): Sketch {
  return {
    files: {
      'src/domain/a.ts': imports,
      'src/domain/b.ts': [],
      'src/model/m.ts': [],
      'src/web/w.ts': [],
    },
  }
}

describe('layer-breached', () => {
  const location = { file: 'depgate.config.json', line: 9 }
  const domain = { name: 'domain', files: ['src/domain/**'], imports: ['model', 'data/**'], location }
  const model = { name: 'model', files: ['src/model/**'], imports: [], location }
  const layers = [{ ...domain, packages: ['@acme/*', 'lodash/fp'], builtins: ['node:path'] }, model]

  test.each([
    './src/domain/b.ts',
    './src/model/m.ts',
    './data/x.json',
    'lodash/fp/map',
    '@acme/x',
    'node:path/posix',
    '?',
  ])('may: %s', (word) => {
    expect(told(from(word), undefined, { layers })).toEqual([])
  })

  test.each([
    ['./src/web/w.ts', 'src/web/w.ts'],
    ['type ./src/web/w.ts', 'src/web/w.ts'],
    ['import() ./src/web/w.ts', 'src/web/w.ts'],
    ['./main.ts', 'main.ts'],
    ['lodash', 'lodash'],
    ['node:fs', 'node:fs'],
    ['outside:x', 'outside:x'],
  ])('must not: %s', (word, what) => {
    expect(told(from(word), undefined, { layers })).toEqual([
      `layer-breached src/domain/a.ts:1 src/domain/a.ts:1 imports ${what}, which the layer domain must not`,
    ])
  })

  test('names the layer of what is imported, what is allowed, and where that stands', () => {
    const web = { name: 'web', files: ['src/web/**'], imports: ['domain'], location }
    const [finding, ...more] = judged(from('./src/web/w.ts', 'node:fs', './src/web/w.ts'), {
      layers: [domain, model, web],
    })
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      severity: 'deny',
      message: 'src/domain/a.ts:1 imports src/web/w.ts (layer web), which the layer domain must not',
      fix: 'domain may import model, data/**. Move what is needed to where it may be imported from, or change imports.layers in depgate.config.json:9.',
      details: ['also in src/domain/a.ts:3'],
    })
  })

  test('a workspace is known by its package.json where its file is not', () => {
    const packages = { '.': {}, 'packages/b': {} }
    const files = { 'src/domain/a.ts': ['@acme/b'], 'packages/b/i.ts': [] }
    const only = { name: 'domain', files: ['src/domain/**'], imports: [] as string[], location }
    expect(told({ files, packages }, 'layer-breached', { layers: [only] })).toHaveLength(1)
    const allowed = { ...only, imports: ['packages/b/**'] }
    expect(told({ files, packages }, 'layer-breached', { layers: [allowed] })).toEqual([])
  })
})

describe('import-banned', () => {
  const location = { file: 'depgate.config.json', line: 5 }
  const ban = (name: string, more = {}) => [
    { import: name, in: [], except: [], reason: 'we have another', location, ...more },
  ]

  test.each([
    ['lodash', 'lodash', true],
    ['lodash', 'lodash/fp', true],
    ['lodash', 'lodash-es', false],
    ['lodash/fp', 'lodash', false],
    ['lodash/fp', 'lodash/fp', true],
    ['@acme/*', '@acme/x/y', true],
    ['@acme/*', '@acmes/x', false],
    ['node:fs', 'node:fs/promises', true],
    ['node:fs', 'fs-extra', false],
    ['node:*', 'node:os', true],
    ['lodash', 'type lodash', true],
  ])('a ban of %s and an import of %s: %s', (name, word, isMeant) => {
    expect(told({ files: { 'a.ts': [word] } }, 'import-banned', { ban: ban(name) })).toHaveLength(
      isMeant ? 1 : 0,
    )
  })

  test('holds in its files only, and says what to use instead', () => {
    const files = { 'src/a.ts': ['x', 'x/y'], 'src/io/b.ts': ['x'], 'test/c.ts': ['x'] }
    const rules = { ban: ban('x', { in: ['src/**'], except: ['src/io/**'], use: 'y' }) }
    expect(judged({ files }, rules)).toMatchObject([
      {
        rule: 'import-banned',
        severity: 'deny',
        message: 'src/a.ts:1 imports x, which is banned there: we have another',
        fix: 'Use y instead. The ban is in imports.ban of depgate.config.json:5.',
        location: { file: 'src/a.ts', line: 1 },
        details: ['also in src/a.ts:2'],
      },
    ])
  })
})

describe('imports-unmatched', () => {
  const location = { file: 'depgate.config.json', line: 5 }

  test('globs that mean no file fail, each list by itself', () => {
    const rules = {
      production: ['src/mian.ts'],
      layers: [{ name: 'domain', files: ['scr/**'], imports: [], location }],
      ban: [{ import: 'x', in: ['nowhere/**'], except: [], reason: 'r', location }],
    }
    expect(told({ files: { 'src/main.ts': [] } }, undefined, rules)).toEqual([
      'imports-unmatched depgate.config.json:3 imports.production means no source file, so nothing would ship',
      'imports-unmatched depgate.config.json:5 the layer domain holds no source file',
      'imports-unmatched depgate.config.json:5 the ban of x means no source file',
    ])
    expect(told({ files: {} }, undefined, { files: ['scr/**'] })).toEqual([
      'imports-unmatched depgate.config.json:3 imports.files means no source file',
    ])
  })
})
