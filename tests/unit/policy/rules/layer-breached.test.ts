import { describe, expect, test } from 'vitest'
import type { Layer } from '#model/import-rules'
import type { Sketch, Wanted } from '../../../support/import-sketch.ts'
import { found, told, toldBy } from '../imports/told.ts'

const location = { file: 'depgate.config.json', line: 9 }
const domain: Layer = { name: 'domain', files: ['src/domain/**'], imports: ['model', 'data/**'], location }
const model: Layer = { name: 'model', files: ['src/model/**'], imports: [], location }
const narrow: Layer = { ...domain, packages: ['@acme/*', 'lodash/fp'], builtins: ['node:path'] }

function from(...imports: Wanted[]): Sketch {
  return {
    files: {
      'src/domain/a.ts': imports,
      'src/domain/b.ts': [],
      'src/model/m.ts': [],
      'src/web/w.ts': [],
    },
  }
}

function breaches(project: Sketch, layers: Layer[]) {
  return toldBy('layer-breached', project, { rules: { layers } })
}

describe('what a layer may', () => {
  test.each([
    './src/domain/b.ts',
    './src/domain/gone.json',
    './src/model/m.ts',
    './data/x.json',
    'lodash/fp',
    'lodash/fp/map',
    '@acme/x',
    'type @types/acme__x',
    'node:path/posix',
    'path',
    '-',
  ])('%s', (word) => {
    expect(told(from(word), { rules: { layers: [narrow, model] } })).toEqual([])
  })

  test('any package and any part of Node, where it does not say which', () => {
    expect(breaches(from('lodash', 'node:fs'), [domain, model])).toEqual([])
  })
})

const unknown = (layer: Layer, ...imports: Wanted[]) =>
  found('layer-breached', from(...imports), { rules: { layers: [layer, model] } }).map(
    ({ verdict, message }) => `${verdict}: ${message}`,
  )

describe('addresses', () => {
  test('may be any package, where it counts those that a layer may import', () => {
    expect(unknown(narrow, 'https://x.example/a.js')).toEqual([
      'unknown: src/domain/a.ts:1 imports "https://x.example/a.js": nobody can know whether the layer domain may import what it leads to',
    ])
    expect(unknown(domain, 'https://x.example/a.js', 'virtual:x')).toEqual([])
  })

  test('with code or loaders in them may be anything', () => {
    const code = `data:text/javascript,${'x'.repeat(99)}`
    expect(unknown(domain, code)[0]).toContain(`imports "${code.slice(0, 60)}…": nobody`)
    const loaded = { to: 'a:', specifier: 'raw-loader!../web/w.ts' }
    expect(unknown(domain, loaded)).toHaveLength(1)
    expect(unknown(domain, 'asset-url data:image/png,x')).toEqual([])
  })
})

test('many imports of one thing are told in little time', () => {
  const many = Array.from({ length: 40_000 }, () => './src/web/w.ts')
  const started = performance.now()
  expect(breaches(from(...many), [domain])).toHaveLength(1)
  expect(performance.now() - started).toBeLessThan(5_000)
})

describe('what it must not', () => {
  test.each([
    ['./src/web/w.ts', 'src/web/w.ts'],
    ['type ./src/web/w.ts', 'src/web/w.ts'],
    ['import() ./src/web/w.ts', 'src/web/w.ts'],
    ['export ./src/web/w.ts', 'src/web/w.ts'],
    ['./src/other.ts', 'src/other.ts'],
    ['lodash', 'lodash'],
    ['lodash/fpx', 'lodash/fpx'],
    ['type lodash', 'lodash'],
    ['node:fs', 'node:fs'],
    ['fs/promises', 'node:fs/promises'],
    ['^', '^'],
  ])('%s', (word, what) => {
    expect(
      told(from(word), { rules: { layers: [narrow, model] } }).map((line) =>
        line.replace(/ \(layer .*?\)/, ''),
      ),
    ).toEqual([
      `layer-breached src/domain/a.ts:1 src/domain/a.ts:1 imports ${what}, which the layer domain must not`,
    ])
  })

  test('no package and no part of Node, where the lists are empty', () => {
    const none = { ...domain, packages: [], builtins: [] }
    expect(breaches(from('lodash', 'node:fs'), [none, model])).toHaveLength(2)
  })

  test('a file outside of every layer imports what it likes', () => {
    expect(breaches({ files: { 'src/web/w.ts': ['./src/domain/a.ts', 'x'] } }, [narrow, model])).toEqual([])
  })
})

describe('an import by an expression', () => {
  const loader = ['?', './src/domain/b.ts', '?']

  test('is no breach, but nobody can know that it is none', () => {
    const all = found('layer-breached', from(...loader), { rules: { layers: [domain, model] } })
    expect(all).toEqual([
      {
        rule: 'layer-breached',
        severity: 'deny',
        verdict: 'unknown',
        subject: 'domain: src/domain/a.ts > what nobody can know',
        message:
          'src/domain/a.ts:1 imports by an expression: nobody can know whether the layer domain may import what it leads to',
        fix: 'Write the specifier out. Or, once you have read what it may be, take the file out of the layer: put "!src/domain/a.ts" last in the files of domain, in imports.layers of depgate.config.json:9.',
        path: [],
        fingerprint: all[0]?.fingerprint,
        location: { file: 'src/domain/a.ts', line: 1, column: 20 },
        details: ['also in src/domain/a.ts:3'],
      },
    ])
  })

  test('the fix that it names is one', () => {
    const without = { ...domain, files: [...domain.files, '!src/domain/a.ts'] }
    expect(told(from(...loader), { rules: { layers: [without, model] } })).toEqual([])
  })

  test('once for each layer of the file, wherever in it, and apart from what the file is known to import', () => {
    const layers = [domain, { ...domain, name: 'also' }, model]
    const [first, second, ...more] = found('layer-breached', from('./src/domain/b.ts', '?'), {
      rules: { layers },
    })
    expect(more).toEqual([])
    expect(first?.fingerprint).not.toBe(second?.fingerprint)
    const [alone] = found('layer-breached', from('?'), { rules: { layers: [domain, model] } })
    expect(first?.fingerprint).toBe(alone?.fingerprint)
    expect(breaches(from('?', './src/web/w.ts'), [domain, model])).toHaveLength(2)
    expect(breaches({ files: { 'src/web/w.ts': ['?'] } }, [domain, model])).toEqual([])
  })

  test('is looked up in a policy without a line by its file', () => {
    const [finding] = found('layer-breached', from('?'), {
      rules: { layers: [{ ...domain, location: { file: 'p.json' } }, model] },
    })
    expect(finding?.fix).toMatch(/in imports\.layers of p\.json\.$/)
  })
})

describe('the finding', () => {
  const web = { name: 'web', files: ['src/web/**'], imports: ['domain'], location }

  test('names the layer of what is imported, what is allowed, and where that stands', () => {
    const all = found('layer-breached', from('./src/web/w.ts', 'node:fs', './src/web/w.ts'), {
      rules: { layers: [domain, model, web] },
    })
    expect(all).toEqual([
      {
        rule: 'layer-breached',
        severity: 'deny',
        verdict: 'violation',
        subject: 'domain: src/domain/a.ts > src/web/w.ts',
        message: 'src/domain/a.ts:1 imports src/web/w.ts (layer web), which the layer domain must not',
        fix: 'domain may import model, data/**. Move what is needed to where it may be imported from, or change imports.layers in depgate.config.json:9.',
        path: [],
        fingerprint: all[0]?.fingerprint,
        location: { file: 'src/domain/a.ts', line: 1, column: 20 },
        details: ['also in src/domain/a.ts:3'],
      },
    ])
  })

  test.each<[Partial<Layer>, string]>([
    [{}, 'm may import nothing else of the project.'],
    [{ imports: ['x/**'] }, 'm may import x/**.'],
    [{ packages: [] }, 'm may import nothing else of the project; the packages (none).'],
    [{ packages: ['a', 'b'] }, 'm may import nothing else of the project; the packages a, b.'],
    [{ builtins: [] }, 'm may import nothing else of the project; of Node nothing.'],
    [
      { builtins: ['node:fs', 'node:os'], packages: [] },
      'm may import nothing else of the project; the packages (none); of Node node:fs, node:os.',
    ],
  ])('says what is allowed: %j', (more, words) => {
    const layer = { name: 'm', files: ['src/**'], imports: [], location: { file: 'p.json' }, ...more }
    const [finding] = found(
      'layer-breached',
      { files: { 'src/a.ts': ['./b.ts'] } },
      { rules: { layers: [layer] } },
    )
    expect(finding?.fix).toBe(
      `${words} Move what is needed to where it may be imported from, or change imports.layers in p.json.`,
    )
  })

  test('one for each file, layer and target, known by them and not by the line', () => {
    const layers = [domain, { ...domain, name: 'also' }, model]
    const prints = (...words: string[]) =>
      found('layer-breached', from(...words), { rules: { layers } }).map(({ fingerprint }) => fingerprint)
    expect(new Set(prints('./src/web/w.ts', './src/web/v.ts')).size).toBe(4)
    expect(prints('node:fs', './src/web/w.ts')).toEqual(prints('./src/web/w.ts'))
    const other = { files: { 'src/domain/b.ts': ['./src/web/w.ts'] } }
    const [print] = found('layer-breached', other, { rules: { layers } })
    expect(prints('./src/web/w.ts')).not.toContain(print?.fingerprint)
  })
})

describe('files of several layers', () => {
  const wide = { name: 'wide', files: ['src/**'], imports: ['data/**'], location }

  test('have to keep to each of them', () => {
    expect(breaches(from('./src/web/w.ts', './data/x.json', './lib/y.ts'), [domain, wide])).toEqual([
      'src/domain/a.ts:1 src/domain/a.ts:1 imports src/web/w.ts (layer wide), which the layer domain must not',
      'src/domain/a.ts:3 src/domain/a.ts:3 imports lib/y.ts, which the layer domain must not',
      'src/domain/a.ts:3 src/domain/a.ts:3 imports lib/y.ts, which the layer wide must not',
    ])
  })

  test('may be imported by whoever may import one of them, and all are named', () => {
    const web = { name: 'web', files: ['src/web/**'], imports: [], location }
    const may = { ...domain, imports: ['web'] }
    expect(breaches(from('./src/web/w.ts'), [may, web, { ...wide, files: ['src/web/*'] }])).toEqual([])
    expect(breaches(from('./src/web/w.ts'), [domain, web, wide])).toEqual([
      'src/domain/a.ts:1 src/domain/a.ts:1 imports src/web/w.ts (layer web, wide), which the layer domain must not',
    ])
  })
})

const allowing = (...imports: string[]) => [{ ...domain, imports }, model]

describe('what is taken out again', () => {
  test.each<[string[], string, boolean]>([
    [['!src/model/inner/**'], './src/web/w.ts', false],
    [['!src/model/inner/**'], './src/model/inner/x.ts', false],
    [['!src/web/**', 'src/**'], './src/web/w.ts', true],
    [['model', '!src/model/inner/**'], './src/model/inner/x.ts', false],
    [['model', '!src/model/inner/**'], './src/model/m.ts', true],
    [['model', '!src/model/inner/**'], './src/web/w.ts', false],
    [['model', '!src/model/**', 'src/model/m.ts'], './src/model/m.ts', true],
    [['src/**', '!model'], './src/model/m.ts', false],
    [['src/**', '!model'], './src/web/w.ts', true],
    [['src/w!/**'], './src/w!/x.ts', true],
    [['src/**', '!src/domain/**'], './src/domain/b.ts', true],
  ])('of %j: %s is allowed: %s', (imports, word, isAllowed) => {
    expect(breaches(from(word), allowing(...imports))).toHaveLength(isAllowed ? 0 : 1)
  })

  test('files of a layer too', () => {
    const files = ['src/**', '!src/web/**']
    expect(breaches(from('./src/web/w.ts'), [{ ...domain, files, imports: [] }])).toHaveLength(1)
    expect(
      breaches({ files: { 'src/web/w.ts': ['./src/domain/a.ts'] } }, [{ ...domain, files, imports: [] }]),
    ).toEqual([])
  })
})

const may = (imports: string[], more: Partial<Layer> = {}) => [{ ...domain, imports, ...more }]

const filesWith = (word: Wanted) => ({ 'src/domain/a.ts': [word], 'packages/b/i.ts': [] })

describe('one of the own packages', () => {
  const packages = { '.': {}, 'packages/b': {} }
  const known = {
    to: '@acme/b',
    target: { kind: 'workspace', name: '@acme/b', location: 'packages/b', path: 'packages/b/i.ts' },
  } as const
  test('is known by its file', () => {
    const project = { files: filesWith(known), packages }
    expect(breaches(project, may(['packages/b/i.ts']))).toEqual([])
    expect(breaches(project, may(['packages/b/package.json']))).toEqual([
      'src/domain/a.ts:1 src/domain/a.ts:1 imports packages/b/i.ts, which the layer domain must not',
    ])
  })

  test('by its package.json where nobody knows which file that is', () => {
    const project = { files: filesWith('@acme/b'), packages }
    expect(breaches(project, may([]))).toEqual([
      'src/domain/a.ts:1 src/domain/a.ts:1 imports @acme/b, which the layer domain must not',
    ])
    expect(breaches(project, may(['packages/b/**']))).toEqual([])
    expect(breaches(project, [...may(['lib']), { ...model, name: 'lib', files: ['packages/b/**'] }])).toEqual(
      [],
    )
  })

  const importing = (word: Wanted) => ({ files: filesWith(word), packages })

  test('by its name among the packages, with what is asked of it', () => {
    expect(breaches(importing(known), may([], { packages: ['@acme/*'] }))).toEqual([])
    expect(breaches(importing('@acme/b'), may([], { packages: ['@acme/b'] }))).toEqual([])
    expect(breaches(importing('@acme/b/sub'), may([], { packages: ['@acme/b/sub'] }))).toEqual([])
    expect(breaches(importing('@acme/b'), may([], { packages: ['@acme/b/sub'] }))).toHaveLength(1)
    expect(breaches(importing('@acme/b'), may([], { packages: ['*'] }))).toHaveLength(1)
  })

  test('and refused where nobody knows the package', () => {
    const stranger = { to: '@acme/c', target: { kind: 'workspace', name: '@acme/c', location: 'c' } } as const
    expect(breaches({ files: filesWith(stranger), packages }, may(['**']))).toHaveLength(1)
  })
})
