/** What imports lead to. */
import { describe, expect, test } from 'vitest'
import type { ProjectFiles } from '../collectors/project-folder.ts'
import { graphOf, targetsOf } from './scanned.ts'

/** Targets of one file's imports, by specifier. */
async function targetsIn(
  file: string,
  imports: readonly string[],
  files: ProjectFiles = {},
): Promise<Record<string, string>> {
  const lines = imports.map((line) => (/^[\w-]+ '/.test(line) ? line : `import '${line}'`)).join('\n')
  const all = await targetsOf({ 'package.json': {}, ...files, [file]: lines })
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, words]) =>
      key.startsWith(`${file} `) ? [[key.slice(file.length + 1), words]] : [],
    ),
  )
}

describe('paths', () => {
  test.each([
    ['what its package.json names', { main: 'lib/main.js' }, 'file lib/main.js'],
    ['that without an ending', { main: './lib/main' }, 'file lib/main.js'],
    ['that as a folder', { main: 'lib' }, 'file lib/index.js'],
    ['its index where nothing is named', {}, 'file index.js'],
    ['its index where what is named is not there, or is elsewhere', { main: '../x.js' }, 'file index.js'],
    ['what becomes of a source file', { main: './dist/main.js' }, 'file src/main.ts'],
  ])('the folder of the project itself: %s', async (_name, manifest, target) => {
    const files = {
      'package.json': manifest,
      'lib/main.js': '',
      'lib/index.js': '',
      'src/main.ts': '',
      'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
      ...(target === 'file src/main.ts' ? {} : { 'index.js': '' }),
    }
    const asked = ["require '..'", "require '../'", "import '../.'"]
    const found = await targetsIn('test/a.test.js', asked, files)
    expect(found).toEqual({ '..': target, '../': target, '../.': target })
    expect(await targetsIn('b.js', ["require '.'", './'], files)).toEqual({ '.': target, './': target })
  })

  test('by the rules of TypeScript and of bundlers', async () => {
    const files = {
      'src/a.ts': '',
      'src/b.tsx': '',
      'src/c.mts': '',
      'src/d.cts': '',
      'src/e.js': '',
      'src/f.vue': '',
      'src/g.json': '{}',
      'src/h.css': '',
      'src/i/index.ts': '',
      'src/j/package.json': { main: './lib/main.js' },
      'src/j/lib/main.ts': '',
      'src/k.d.ts': '',
      'src/l.js': '',
      'src/l.d.ts': '',
      'src/m.ts': '',
      'src/m/index.ts': '',
      'src/n.test.ts': '',
      'index.ts': '',
      'src/o.ts': '',
      'src/o.js': '',
    }
    const asked = [
      './a',
      './a.js',
      './a.ts',
      './b.js',
      './b.jsx',
      './b',
      './c.mjs',
      './d.cjs',
      './e',
      './e.js',
      './f.vue',
      './g.json',
      './g',
      './h.css',
      './i',
      './i/',
      './i/index.js',
      './j',
      './k',
      './k.js',
      './l.js',
      './m',
      './m/',
      './n.test',
      '..',
      '../',
      '.',
      './h.css?inline',
      './nothing',
      './A',
      './a.mjs',
      '../../x',
      '../../../x',
      './o.js',
      '/src/a',
    ]
    expect(await targetsIn('src/main.ts', asked, files)).toEqual({
      './a': 'file src/a.ts',
      './a.js': 'file src/a.ts',
      './a.ts': 'file src/a.ts',
      './b.js': 'file src/b.tsx',
      './b.jsx': 'file src/b.tsx',
      './b': 'file src/b.tsx',
      './c.mjs': 'file src/c.mts',
      './d.cjs': 'file src/d.cts',
      './e': 'file src/e.js',
      './e.js': 'file src/e.js',
      './f.vue': 'file src/f.vue',
      './g.json': 'file src/g.json',
      './g': 'file src/g.json',
      './h.css': 'file src/h.css',
      './i': 'file src/i/index.ts',
      './i/': 'file src/i/index.ts',
      './i/index.js': 'file src/i/index.ts',
      './j': 'file src/j/lib/main.ts',
      './k': 'file src/k.d.ts',
      './k.js': 'file src/k.d.ts',
      './l.js': 'file src/l.js',
      './m': 'file src/m.ts',
      './m/': 'file src/m/index.ts',
      './n.test': 'file src/n.test.ts',
      '..': 'file index.ts',
      '../': 'file index.ts',
      '.': 'missing',
      './h.css?inline': 'file src/h.css',
      './nothing': 'missing',
      './A': 'missing',
      './a.mjs': 'missing',
      '../../x': 'outside',
      '../../../x': 'outside',
      './o.js': 'file src/o.ts',
      '/src/a': 'outside',
    })
    expect(await targetsIn('src/main.js', ['./o.js', './a.js'], files)).toEqual({
      './o.js': 'file src/o.js',
      './a.js': 'file src/a.ts',
    })
  })

  test('through links, to where a file really lies, and never out of the project', async () => {
    const files = {
      'real/a.ts': '',
      linked: { link: 'real' },
      'one.ts': { link: 'real/a.ts' },
      out: { link: '/' },
      loop: { link: 'loop' },
      'dead.ts': { link: 'none.ts' },
    }
    expect(
      await targetsIn('main.ts', ['./linked/a', './one', './out/etc/passwd', './loop/x', './dead'], files),
    ).toEqual({
      './linked/a': 'file real/a.ts',
      './one': 'file real/a.ts',
      './out/etc/passwd': 'outside',
      './loop/x': 'missing',
      './dead': 'missing',
    })
  })

  test('what is built leads to what it is made of, whether or not it is there', async () => {
    const files = {
      'tsconfig.json': '// built\n{ "compilerOptions": { "outDir": "dist", "rootDir": "src", }, }',
      '.gitignore': 'dist',
      'src/a.ts': '',
      'src/b/index.ts': '',
      'dist/a.js': '',
      'dist/data.json': '{}',
    }
    expect(
      await targetsIn(
        'tests/t.ts',
        ['../dist/a.js', '../dist/a', '../dist/b', '../dist/none.js', '../dist/data.json'],
        files,
      ),
    ).toEqual({
      '../dist/a.js': 'file src/a.ts',
      '../dist/a': 'file src/a.ts',
      '../dist/b': 'file src/b/index.ts',
      '../dist/none.js': 'missing',
      '../dist/data.json': 'file dist/data.json',
    })
  })

  test('references and addresses are relative without a dot', async () => {
    const files = { 'src/types.d.ts': '', 'src/worker.ts': '', 'data/x y.json': '', 'src/foo/bar.txt': '' }
    expect(
      await targetsIn(
        'src/main.ts',
        [
          "path-reference 'types.d.ts'",
          "asset-url 'worker.js'",
          "asset-url '../data/x%20y.json?url#a'",
          "asset-url './foo'",
          "asset-url '..'",
          "asset-url 'https://x.example/a.js'",
          "asset-url '/a.js'",
          "asset-url './%'",
          "asset-url '../../..'",
        ],
        files,
      ),
    ).toEqual({
      'types.d.ts': 'file src/types.d.ts',
      'worker.js': 'file src/worker.ts',
      '../data/x%20y.json?url#a': 'file data/x y.json',
      './foo': 'file src/foo',
      '..': 'file .',
      'https://x.example/a.js': 'address',
      '/a.js': 'outside',
      './%': 'missing',
      '../../..': 'outside',
    })
  })
})

test('a path is an address: what Node reads counts besides what is written', async () => {
  const files = { 'src/b.mjs': '', 'src/c d.mjs': '', 'src/e#f.mjs': '', 'src/#g.mjs': '' }
  const asked = ['./b.mjs#x', './%62.mjs', './c%20d.mjs?raw', './e#f.mjs', './#g.mjs', './none#x', './%']
  expect(await targetsIn('src/main.mjs', asked, files)).toEqual({
    './b.mjs#x': 'file src/b.mjs',
    './%62.mjs': 'file src/b.mjs',
    './c%20d.mjs?raw': 'file src/c d.mjs',
    './e#f.mjs': 'file src/e#f.mjs',
    './#g.mjs': 'file src/#g.mjs',
    './none#x': 'missing',
    './%': 'missing',
  })
})

test('what loaders and other runtimes are given', async () => {
  const files = { 'src/a.txt': '' }
  const asked = [
    'raw-loader!./a.txt',
    '!!a-loader!b-loader!lodash/x',
    'npm:lodash@^4/fp',
    'npm:@s/a',
    'lodash?raw',
  ]
  expect(await targetsIn('src/main.ts', asked, files)).toEqual({
    'raw-loader!./a.txt': 'file src/a.txt | address',
    '!!a-loader!b-loader!lodash/x': 'package lodash + x | address',
    'npm:lodash@^4/fp': 'package lodash + fp',
    'npm:@s/a': 'package @s/a',
    'lodash?raw': 'package lodash',
  })
})

describe('node_modules among the sources', () => {
  test('belongs to the project, where nothing can have been installed into it', async () => {
    const files = {
      'package.json': { devDependencies: { helper: '1' } },
      'src/node_modules/helper/index.js': '',
      'src/node_modules/odd/x.txt': '',
      'tools/package.json': { dependencies: { helper: '1' } },
      'tools/node_modules/helper/index.js': '',
    }
    const asked = ['helper', 'helper/none', './node_modules/helper/index.js', 'other']
    expect(await targetsIn('src/main.js', asked, files)).toEqual({
      helper: 'file src/node_modules/helper/index.js',
      'helper/none': 'unknown',
      './node_modules/helper/index.js': 'file src/node_modules/helper/index.js',
      other: 'package other',
    })
    expect(await targetsIn('tools/main.js', ['helper', './node_modules/helper/index.js'], files)).toEqual({
      helper: 'package helper',
      './node_modules/helper/index.js': 'package helper + index.js',
    })
  })
})

test('a package.json that belongs to no own package declares for the files below it', async () => {
  const files = {
    'package.json': { dependencies: { both: '1' } },
    'functions/package.json': { dependencies: { firebase: '1', both: '1', '@types/estree': '1' } },
  }
  const sources = {
    'a.js': "import 'firebase'",
    'functions/src/a.js': ['firebase/x', 'both', 'none', 'estree']
      .map((name) => `import '${name}'`)
      .join('\n'),
  }
  const graph = await graphOf({ ...files, ...sources })
  const declaredIn = 'functions/package.json'
  expect(graph.files.flatMap(({ imports }) => imports.map(({ target }) => target))).toEqual([
    { kind: 'package', name: 'firebase', subpath: '' },
    { kind: 'package', name: 'firebase', subpath: 'x', declaredIn },
    { kind: 'package', name: 'both', subpath: '' },
    { kind: 'package', name: 'none', subpath: '' },
    { kind: 'package', name: 'estree', subpath: '', declaredIn },
  ])
})

describe('names', () => {
  test('of packages, parts of Node, addresses, and what is none of them', async () => {
    const asked = [
      'a',
      'a/b/c.js',
      '@s/a',
      '@s/a/b',
      'a/style.css?inline',
      'fs',
      'node:fs',
      'fs/promises',
      'node:test',
      'node:sqlite',
      'sqlite',
      'buffer/',
      'https://x.example/a.js',
      'data:text/javascript,1',
      'virtual:pwa',
      'bun:test',
      'file:///etc/x',
      '@/x',
      '~/x',
      '$lib/x',
      '#x',
      '@s',
      '',
      'raw-loader!./x',
      'react/../x',
      '@s/a/lib/%2E./x',
      'react/.',
      'react\\..\\x',
      'fs/../x',
      'react/..x/.y?../z',
      '__proto__',
      'constructor',
    ]
    expect(await targetsIn('main.ts', asked)).toEqual(
      Object.fromEntries([
        ['a', 'package a'],
        ['a/b/c.js', 'package a + b/c.js'],
        ['@s/a', 'package @s/a'],
        ['@s/a/b', 'package @s/a + b'],
        ['a/style.css?inline', 'package a + style.css'],
        ['fs', 'builtin fs'],
        ['node:fs', 'builtin fs'],
        ['fs/promises', 'builtin fs/promises'],
        ['node:test', 'builtin test'],
        ['node:sqlite', 'builtin sqlite'],
        ['sqlite', 'package sqlite'],
        ['buffer/', 'package buffer'],
        ['https://x.example/a.js', 'address'],
        ['data:text/javascript,1', 'address'],
        ['virtual:pwa', 'address'],
        ['bun:test', 'address'],
        ['file:///etc/x', 'outside'],
        ['@/x', 'unknown'],
        ['~/x', 'unknown'],
        ['$lib/x', 'unknown'],
        ['#x', 'unknown'],
        ['@s', 'unknown'],
        ['', 'unknown'],
        ['raw-loader!./x', 'address'],
        ['react/../x', 'unknown'],
        ['@s/a/lib/%2E./x', 'unknown'],
        ['react/.', 'unknown'],
        ['react\\..\\x', 'unknown'],
        ['fs/../x', 'unknown'],
        ['react/..x/.y?../z', 'package react + ..x/.y'],
        ['__proto__', 'package __proto__'],
        ['constructor', 'package constructor'],
      ]),
    )
  })

  test('types of packages', async () => {
    const files = {
      'package.json': {
        dependencies: { a: '1' },
        devDependencies: {
          '@types/estree': '1',
          '@types/s__b': '1',
          '@types/a': '1',
          vite: '1',
          '@types/node': '1',
        },
      },
    }
    const asked = [
      "type 'estree'",
      "type '@s/b'",
      "type 'a'",
      "types-reference 'node'",
      "types-reference 'vite/client'",
      "types-reference 'jest'",
      "types-reference '@types/mocha'",
    ]
    expect(await targetsIn('main.ts', asked, files)).toEqual({
      estree: 'package @types/estree',
      '@s/b': 'package @types/s__b',
      a: 'package a',
      node: 'package @types/node',
      'vite/client': 'package vite + client',
      jest: 'package @types/jest',
      '@types/mocha': 'package @types/mocha',
    })
    expect(await targetsIn('main.ts', ["import 'estree'"], files)).toEqual({ estree: 'package estree' })
  })

  test('an alias is the name under which it is declared', async () => {
    const files = { 'package.json': { dependencies: { 'lodash-old': 'npm:lodash@3' } } }
    expect(await targetsIn('main.ts', ['lodash-old/map'], files)).toEqual({
      'lodash-old/map': 'package lodash-old + map',
    })
  })
})

describe('tsconfig', () => {
  test.each<[what: string, files: ProjectFiles, problems: string[]]>([
    ['extends 60,000 files', extending(60_000), ['tsconfig.json too-large']],
    ['extends 60 files', extending(60), []],
    ['begins a chain of 70', chainOf(70), ['tsconfig.json too-large']],
    ['begins a chain of 60', chainOf(60), []],
    ['refers to 20,000 others', referringTo(20_000), ['tsconfig.json too-large']],
    ['refers to 500 others', referringTo(500), []],
  ])('one that %s', async (_what, files, problems) => {
    const graph = await graphOf({ 'package.json': {}, 'src/a.ts': "import '@/b'", 'a.json': {}, ...files })
    const found = graph.files.flatMap(({ path, problem }) => (problem ? [`${path} ${problem.code}`] : []))
    expect(found).toEqual(problems)
  })

  const config = {
    compilerOptions: {
      baseUrl: '.',
      paths: {
        '@/*': ['./src/*'],
        '@exact': ['src/exact.ts'],
        '@app/*': ['src/none/*', 'src/app/*'],
        '@app/deep/*': ['src/deep/*'],
        '#lib': ['./src/lib'],
        '*': ['types/*'],
      },
    },
  }

  test('paths and baseUrl', async () => {
    const files = {
      'package.json': { dependencies: { react: '1' } },
      'tsconfig.json': config,
      'src/a.ts': '',
      'src/exact.ts': '',
      'src/app/b.ts': '',
      'src/deep/c.ts': '',
      'src/lib/index.ts': '',
      'types/odd.d.ts': '',
      'node_modules/@app/installed/package.json': {},
    }
    const asked = [
      '@/a',
      '@/a.js',
      '@/none',
      '@exact',
      '@app/b',
      '@app/deep/c',
      '@app/deep/d',
      '#lib',
      'odd',
      'src/a',
      'react',
      'left-pad',
      '@app/installed',
    ]
    expect(await targetsIn('src/main.ts', asked, files)).toEqual({
      '@/a': 'file src/a.ts',
      '@/a.js': 'file src/a.ts',
      '@/none': 'missing',
      '@exact': 'file src/exact.ts',
      '@app/b': 'file src/app/b.ts',
      '@app/deep/c': 'file src/deep/c.ts',
      '@app/deep/d': 'missing',
      '#lib': 'file src/lib/index.ts',
      odd: 'file types/odd.d.ts',
      'src/a': 'file src/a.ts',
      react: 'package react',
      'left-pad': 'package left-pad',
      '@app/installed': 'package @app/installed',
    })
  })

  test('a package that is there is loaded, whatever file its name is given to', async () => {
    const files = {
      'package.json': { dependencies: { typed: '1', stubbed: '1' }, imports: { '#in': 'real' } },
      'tsconfig.json': {
        compilerOptions: {
          paths: { typed: ['./types/typed.d.ts'], 'there/*': ['./src/*'], '#in': ['./src/a.ts'] },
        },
      },
      'tsconfig.test.json': { compilerOptions: { paths: { stubbed: ['./test/stub.ts'] } } },
      'types/typed.d.ts': '',
      'test/stub.ts': '',
      'src/a.ts': '',
      'node_modules/there/package.json': {},
    }
    expect(await targetsIn('src/main.ts', ['typed', 'stubbed', 'there/a', '#in'], files)).toEqual({
      typed: 'file types/typed.d.ts | package typed',
      stubbed: 'file test/stub.ts | package stubbed',
      'there/a': 'file src/a.ts | package there + a',
      '#in': 'file src/a.ts | package real',
    })
  })

  test('the nearest one, what it extends, and what it refers to', async () => {
    const files = {
      'tsconfig.json': { files: [], references: [{ path: './config/tsconfig.app.json' }, { path: './lib' }] },
      'config/tsconfig.app.json': {
        extends: ['./none.json', './base'],
        compilerOptions: { target: 'es2022' },
      },
      'config/base.json': { extends: './base.json', compilerOptions: { paths: { 'app/*': ['../src/*'] } } },
      'src/a.ts': '',
      'lib/tsconfig.json': { extends: '@cfg/ts/base.json' },
      'lib/x.ts': "import '~x'\nimport 'app/a'",
      'node_modules/@cfg/ts/base.json': { compilerOptions: { paths: { '~x': ['${configDir}/x.ts'] } } },
      'other/jsconfig.json': '{ // comment\n "compilerOptions": { "paths": { "~/*": ["./*"] } } }',
      'other/y.js': "import '~/y'",
    }
    expect(await targetsIn('src/main.ts', ['app/a', '~x'], files)).toEqual({
      'app/a': 'file src/a.ts',
      '~x': 'file lib/x.ts',
    })
    const all = await targetsOf({ 'package.json': {}, ...files })
    expect(all).toEqual({
      'lib/x.ts ~x': 'file lib/x.ts',
      'lib/x.ts app/a': 'package app + a',
      'other/y.js ~/y': 'file other/y.js',
    })
  })

  test('suffixes of modules, and what is no configuration', async () => {
    const files = {
      'tsconfig.json': { compilerOptions: { moduleSuffixes: ['.ios', ''] } },
      'tsconfig.odd.json': 'nonsense',
      'tsconfig.list.json': '[]',
      'a.ios.ts': '',
      'a.ts': '',
      'b.ts': '',
    }
    expect(await targetsIn('main.ts', ['./a', './b'], files)).toEqual({
      './a': 'file a.ios.ts',
      './b': 'file b.ts',
    })
  })
})

describe('imports of package.json', () => {
  test('with conditions and patterns, to sources rather than to what is built', async () => {
    const files = {
      'package.json': {
        imports: {
          '#data/*': './data/*',
          '#*': { 'depgate-source': './src/*.ts', default: './dist/*.js' },
          '#built/*': { default: './dist/*.js' },
          '#dep': { node: 'real-dep', default: './src/polyfill.ts' },
          '#browser': { browser: 'x', default: './src/a.ts' },
          '#fs': 'node:fs',
          '#no': null,
          '#up': './../x.ts',
        },
      },
      'tsconfig.json': { compilerOptions: { outDir: './dist', rootDir: './src' } },
      'src/a.ts': '',
      'src/deep/b.ts': '',
      'src/polyfill.ts': '',
      'data/x.json': '{}',
    }
    const asked = [
      '#a',
      '#deep/b',
      '#built/deep/b',
      '#data/x.json',
      '#dep',
      '#browser',
      '#fs',
      '#no',
      '#none',
      '#up',
    ]
    expect(await targetsIn('src/main.ts', asked, files)).toEqual({
      '#a': 'file src/a.ts',
      '#deep/b': 'file src/deep/b.ts',
      '#built/deep/b': 'file src/deep/b.ts',
      '#data/x.json': 'file data/x.json',
      '#dep': 'package real-dep',
      '#browser': 'file src/a.ts | package x',
      '#fs': 'builtin fs',
      '#no': 'missing',
      '#none': 'missing',
      '#up': 'missing',
    })
  })

  test('of the nearest package.json, which need not be that of a workspace', async () => {
    const files = {
      'package.json': { imports: { '#a': './a.ts' } },
      'a.ts': '',
      'sub/package.json': { imports: { '#a': './b.ts' } },
      'sub/b.ts': '',
    }
    expect(await targetsIn('sub/deep/main.ts', ['#a'], files)).toEqual({ '#a': 'file sub/b.ts' })
    expect(await targetsIn('main.ts', ['#a'], files)).toEqual({ '#a': 'file a.ts' })
  })
})

test('what other conditions lead to counts as well, if it is a package that runs', async () => {
  const imports = {
    '#db': { browser: 'web-db', default: './src/db.js' },
    '#log': { node: './src/log.js', default: 'web-log' },
    '#typed': { types: '@types/x', test: 'mock', default: './src/db.js' },
    '#gone': { browser: 'web-db' },
    '#same': { browser: 'web-db', default: 'web-db' },
  }
  const files = { 'package.json': { imports }, 'src/db.js': '', 'src/log.js': '' }
  expect(await targetsIn('src/main.js', Object.keys(imports), files)).toEqual({
    '#db': 'file src/db.js | package web-db',
    '#log': 'file src/log.js | package web-log',
    '#typed': 'file src/db.js',
    '#gone': 'package web-db',
    '#same': 'package web-db',
  })
})

describe('the field browser of package.json', () => {
  const files: ProjectFiles = {
    'package.json': {
      dependencies: { a: '1', b: '1' },
      browser: {
        './src/db.js': 'web-db',
        './src/log': './src/web-log.js',
        './dist/made.js': 'web-made',
        a: 'web-a',
        'b/sub': './src/web-log.js',
        fs: false,
        path: 'path-browserify',
      },
    },
    'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'src/db.js': '',
    'src/log.js': '',
    'src/web-log.js': '',
    'src/made.ts': '',
    'sub/package.json': { browser: { './x.js': 'not-asked' } },
    'sub/x.js': '',
  }

  test('says what bundlers load instead, and both count', async () => {
    const asked = ['./db', './log.js', './made.js', 'a', 'a/sub', 'b', 'b/sub', 'fs', 'path', './web-log.js']
    expect(await targetsIn('src/main.js', asked, files)).toEqual({
      './db': 'file src/db.js | package web-db',
      './log.js': 'file src/log.js | file src/web-log.js',
      './made.js': 'file src/made.ts | package web-made',
      a: 'package a | package web-a',
      'a/sub': 'package a + sub',
      b: 'package b',
      'b/sub': 'package b + sub | file src/web-log.js',
      fs: 'builtin fs',
      path: 'builtin path | package path-browserify',
      './web-log.js': 'file src/web-log.js',
    })
  })

  test('says nothing of other packages', async () => {
    expect(await targetsIn('sub/main.js', ['./x.js'], files)).toEqual({ './x.js': 'file sub/x.js' })
  })
})

describe("the project's own packages", () => {
  const files: ProjectFiles = {
    'package.json': { name: 'root', workspaces: ['packages/*'], exports: './index.ts' },
    'index.ts': '',
    'packages/a/package.json': {
      name: '@acme/a',
      exports: {
        '.': { types: './dist/index.d.ts', default: './dist/index.js' },
        './sub/*': './dist/sub/*.js',
        './hidden/*': null,
      },
    },
    'packages/a/tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
    'packages/a/src/index.ts': '',
    'packages/a/src/sub/x.ts': '',
    'packages/b/package.json': { name: 'b', main: './lib/main' },
    'packages/b/lib/main.js': '',
    'packages/b/util.js': '',
    'packages/c/package.json': { name: 'c' },
    'packages/d/package.json': { name: 'd' },
    'packages/d/index.js': '',
    'node_modules/d/package.json': { name: 'd' },
    'node_modules/b': { link: '../packages/b' },
  }

  test('by name, through what they export', async () => {
    const asked = [
      '@acme/a',
      '@acme/a/sub/x',
      '@acme/a/hidden/x',
      '@acme/a/none',
      'b',
      'b/util',
      'c',
      'd',
      'root',
    ]
    expect(await targetsIn('packages/c/main.ts', asked, files)).toEqual({
      '@acme/a': 'workspace @acme/a in packages/a at packages/a/src/index.ts',
      '@acme/a/sub/x': 'workspace @acme/a in packages/a at packages/a/src/sub/x.ts',
      '@acme/a/hidden/x': 'workspace @acme/a in packages/a',
      '@acme/a/none': 'workspace @acme/a in packages/a',
      b: 'workspace b in packages/b at packages/b/lib/main.js',
      'b/util': 'workspace b in packages/b at packages/b/util.js',
      c: 'workspace c in packages/c',
      d: 'package d',
      root: 'workspace root in . at index.ts',
    })
  })

  test('by a path that a configuration gives the name', async () => {
    const config = {
      compilerOptions: {
        paths: {
          '@acme/a': ['../a/src/sub/x.ts'],
          inner: ['../a/src/index.ts'],
          b: ['../../node_modules/b/util.js'],
        },
      },
    }
    expect(
      await targetsIn('packages/c/main.ts', ['@acme/a', 'inner', 'b'], {
        ...files,
        'packages/c/tsconfig.json': config,
      }),
    ).toEqual({
      '@acme/a':
        'workspace @acme/a in packages/a at packages/a/src/sub/x.ts | workspace @acme/a in packages/a at packages/a/src/index.ts',
      inner: 'file packages/a/src/index.ts',
      b: 'workspace b in packages/b at packages/b/util.js | workspace b in packages/b at packages/b/lib/main.js',
    })
  })

  test('by a path to a declaration they are loaded all the same', async () => {
    const config = { compilerOptions: { paths: { c: ['../c/types.d.ts'], b: ['../b/lib/main.js'] } } }
    const more = { 'packages/c/types.d.ts': '', 'packages/d/tsconfig.json': config }
    expect(await targetsIn('packages/d/main.ts', ['c', 'b'], { ...files, ...more })).toEqual({
      c: 'workspace c in packages/c at packages/c/types.d.ts | workspace c in packages/c',
      b: 'workspace b in packages/b at packages/b/lib/main.js',
    })
  })

  test('not what is asked for under their name from elsewhere', async () => {
    const more = { 'packages/c/package.json': { name: 'c', dependencies: { '@acme/a': 'npm:other@1' } } }
    expect(await targetsIn('packages/c/main.ts', ['@acme/a'], { ...files, ...more })).toEqual({
      '@acme/a': 'package @acme/a',
    })
  })

  test('by a path into node_modules', async () => {
    const asked = ['../../node_modules/x/lib/y.js', '../../node_modules/b/util.js', '../b/util']
    const more = { 'node_modules/x/lib/y.js': '' }
    expect(await targetsIn('packages/c/main.ts', asked, { ...files, ...more })).toEqual({
      '../../node_modules/x/lib/y.js': 'package x + lib/y.js',
      '../../node_modules/b/util.js': 'file packages/b/util.js',
      '../b/util': 'file packages/b/util.js',
    })
  })
})

function extending(count: number): ProjectFiles {
  return { 'tsconfig.json': { extends: Array<string>(count).fill('./a') } }
}

function chainOf(length: number): ProjectFiles {
  const entries = Array.from({ length }, (_, at): [string, ProjectFiles[string]] => [
    at === 0 ? 'tsconfig.json' : `config/${at}.json`,
    at === length - 1 ? {} : { extends: `${at === 0 ? './config' : '.'}/${at + 1}.json` },
  ])
  return Object.fromEntries(entries)
}

function referringTo(count: number): ProjectFiles {
  return { 'tsconfig.json': { references: Array.from({ length: count }, (_, at) => ({ path: `./${at}` })) } }
}

test('styles bring along the packages that they import', async () => {
  const files = {
    'package.json': { dependencies: { bootstrap: '1', fonts: '1', '@s/theme': '1' } },
    'src/a.scss':
      "@use 'sass:math'; @use 'bootstrap/scss/bootstrap' as b; @import 'parts/b', '~fonts/a.css';",
    'src/parts/_b.scss': '/* @import "left"; */ @import url("@s/theme/x.css"); @import "not-declared";',
    'src/c.css': '.a { background: url(fonts/x.png) }',
  }
  expect(await targetsIn('src/main.ts', ['./a.scss', './c.css'], files)).toEqual({
    './a.scss':
      'file src/a.scss | package bootstrap + scss/bootstrap | package fonts + a.css | package @s/theme + x.css',
    './c.css': 'file src/c.css',
  })
})
