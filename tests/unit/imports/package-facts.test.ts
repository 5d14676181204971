/** What is known of the project's own packages besides their imports. */
import { describe, expect, test } from 'vitest'
import type { OwnPackage } from '#model/imports'
import { emptyFolder, makeProject } from '../collectors/project-folder.ts'
import type { ProjectFiles } from '../collectors/project-folder.ts'
import { graphOf, scanOf } from './scanned.ts'

async function factsOf(files: ProjectFiles, location = '.'): Promise<OwnPackage> {
  const { packages } = await graphOf(files)
  const found = packages.find((own) => own.location === location)
  if (found === undefined) throw new Error('no such package')
  return found
}

/** Names that tools use, each with all that uses it. */
async function usesOf(files: ProjectFiles, location?: string): Promise<Record<string, string[]>> {
  const uses: Record<string, string[]> = {}
  for (const { name, by } of (await factsOf(files, location)).usedByTools) (uses[name] ??= []).push(by)
  return uses
}

/** A package.json that declares these. */
function declaring(names: readonly string[], more: Record<string, unknown> = {}): Record<string, unknown> {
  return { devDependencies: Object.fromEntries(names.map((name) => [name, '1'])), ...more }
}

test('what is declared, with the line of each entry', async () => {
  const manifest = `{
  "name": "x",
  "dependencies": { "a": "^1",
    "b": "npm:c@2" },
  "peerDependencies": {
    "a": "*",
    "d": "*"
  },
  "peerDependenciesMeta": { "d": { "optional": true } },
  "optionalDependencies": { "__proto__": "1" }
}`
  const facts = await factsOf({ 'package.json': manifest })
  expect(facts.declared).toEqual([
    { name: 'a', spec: '^1', as: 'dependencies', line: 3, optionalPeer: false },
    { name: 'b', spec: 'npm:c@2', as: 'dependencies', line: 4, optionalPeer: false },
    { name: '__proto__', spec: '1', as: 'optionalDependencies', line: 10, optionalPeer: false },
    { name: 'a', spec: '*', as: 'peerDependencies', line: 6, optionalPeer: false },
    { name: 'd', spec: '*', as: 'peerDependencies', line: 7, optionalPeer: true },
  ])
})

describe('entries', () => {
  test('are those of the sources where it is known what is built of which', async () => {
    const facts = await factsOf({
      'package.json': {
        main: './dist/index',
        types: 'dist/index.d.ts',
        module: 'esm/index.mjs',
        bin: { x: './dist/cli.js', y: 'bin/y.js' },
        browser: { './dist/a.js': './dist/browser.js', fs: false },
        exports: {
          '.': { types: './dist/index.d.ts', import: './dist/index.js' },
          './sub/*': './dist/sub/*.js',
          './no/*': './none/*.js',
          './package.json': './package.json',
          './hidden/*': null,
        },
      },
      'tsconfig.json': { compilerOptions: { outDir: 'dist' }, include: ['src'] },
      'src/index.ts': '',
      'src/cli.ts': '',
      'src/browser.tsx': '',
      'src/sub/a.ts': '',
      'src/sub/deep/b.tsx': '',
      'src/other.ts': '',
      'bin/y.js': '',
    })
    expect(facts.entries).toEqual([
      'bin/y.js',
      'esm/index.mjs',
      'none/*.js',
      'package.json',
      'src/browser.tsx',
      'src/cli.ts',
      'src/index.ts',
      'src/sub/a.ts',
    ])
  })

  test.each(['lib/', './lib/', 'lib'])(
    'a folder as main, %s, means its index, whatever else is named',
    async (main) => {
      const files = { 'package.json': { main, bin: './cli.js' }, 'lib/index.js': '', 'cli.js': '' }
      expect((await factsOf(files)).entries).toEqual(['cli.js', 'lib/index.js'])
    },
  )

  test('of a workspace lie below the project, and never outside of the workspace', async () => {
    const files = {
      'package.json': { workspaces: ['p/*'] },
      'p/a/package.json': { main: 'index.ts', bin: '../b/cli.js', exports: '../../secret.ts' },
      'p/a/index.ts': '',
    }
    expect((await factsOf(files, 'p/a')).entries).toEqual(['p/a/index.ts'])
    expect((await factsOf(files)).entries).toEqual([])
  })
})

describe('used by scripts', () => {
  test('over the source files that they start', async () => {
    const files = {
      'package.json': declaring(['tsx', 'rimraf', 'loader', 'other', 'unstarted', 'named'], {
        scripts: {
          test: 'node --test && node scripts/run.js',
          clean: 'node ./tools/clean',
          lint: 'eslint src/ .',
        },
      }),
      'scripts/run.js':
        "spawn('node', ['--import=tsx', '-r', `loader/register`], { named: 'named/x' }) // other",
      'tools/clean.js': "execSync('npx rimraf dist && echo done')",
      'src/index.js': "spawn('unstarted')",
      'index.js': "spawn('unstarted')",
    }
    expect(await usesOf(files)).toEqual({
      tsx: ['scripts/run.js'],
      loader: ['scripts/run.js'],
      rimraf: ['tools/clean.js'],
    })
  })

  test('through binaries of what is installed, of what is known, and through what they load', async () => {
    const names = [
      'typescript',
      'cross-env',
      'tool',
      '@s/scoped',
      'tsx',
      'dotenv',
      'unused',
      'build',
      'rimraf',
      'prettier-plugin-x',
      'quoted',
    ]
    const scripts = {
      build: 'cross-env NODE_ENV=production tsc -p . && ./node_modules/.bin/odd-name --x',
      start: "node --import tsx -r dotenv/config src/a.ts && npm run build && npx rimraf@5 'dist'",
      all: 'sh -c "scoped --plugin=prettier-plugin-x" ; (quoted)',
    }
    const files = {
      'package.json': declaring(names, { scripts }),
      'node_modules/tool/package.json': { bin: { 'odd-name': './x.js' } },
      'node_modules/@s/scoped/package.json': { bin: './x.js' },
      'node_modules/build/package.json': { bin: './x.js' },
    }
    expect(await usesOf(files)).toEqual({
      typescript: ['script "build"'],
      'cross-env': ['script "build"'],
      tool: ['script "build"'],
      '@s/scoped': ['script "all"'],
      tsx: ['script "start"'],
      dotenv: ['script "start"'],
      rimraf: ['script "start"'],
      'prettier-plugin-x': ['script "all"'],
      quoted: ['script "all"'],
    })
  })

  test('of a workspace, through what the root declares', async () => {
    const files = {
      'package.json': declaring(['vitest'], { workspaces: ['a'] }),
      'a/package.json': { scripts: { test: 'vitest run' } },
    }
    expect(await usesOf(files, 'a')).toEqual({ vitest: ['script "test"'] })
  })
})

describe('used by configuration', () => {
  test.each<[file: string, content: string | Record<string, unknown>, declared: string[], used: string[]]>([
    [
      '.eslintrc.json',
      {
        extends: ['airbnb', 'plugin:react/recommended', '@acme', '@acme/strict'],
        plugins: ['import'],
        rules: { 'vue/x': 2 },
      },
      [
        'eslint',
        'eslint-config-airbnb',
        'eslint-plugin-react',
        '@acme/eslint-config',
        '@acme/eslint-config-strict',
        'eslint-plugin-import',
        'eslint-plugin-vue',
        'eslint-plugin-none',
      ],
      [
        '@acme/eslint-config',
        '@acme/eslint-config-strict',
        'eslint',
        'eslint-config-airbnb',
        'eslint-plugin-import',
        'eslint-plugin-react',
        'eslint-plugin-vue',
      ],
    ],
    [
      '.eslintrc.yml',
      'extends: airbnb # not eslint-plugin-none\nplugins:\n  - import\n',
      ['eslint-config-airbnb', 'eslint-plugin-import', 'eslint-plugin-none'],
      ['eslint-config-airbnb', 'eslint-plugin-import'],
    ],
    [
      '.eslintrc.cjs',
      "// 'none'\nmodule.exports = { parser: '@typescript-eslint/parser', extends: [`airbnb`] /* 'none' */ }",
      ['@typescript-eslint/parser', 'eslint-config-airbnb', 'eslint-plugin-none'],
      ['@typescript-eslint/parser', 'eslint-config-airbnb'],
    ],
    [
      'babel.config.js',
      "module.exports = { presets: [['env', {}], '@babel/react', '@acme'] }",
      ['@babel/core', '@babel/preset-env', '@babel/preset-react', '@acme/babel-preset', 'left-pad'],
      ['@acme/babel-preset', '@babel/core', '@babel/preset-env', '@babel/preset-react'],
    ],
    [
      '.prettierrc',
      'plugins:\n  - prettier-plugin-sql\n',
      ['prettier', 'prettier-plugin-sql'],
      ['prettier', 'prettier-plugin-sql'],
    ],
    [
      'jest.config.ts',
      "export default { preset: 'ts-jest', testEnvironment: 'jsdom' }",
      ['jest', 'ts-jest', 'jest-environment-jsdom'],
      ['jest', 'jest-environment-jsdom', 'ts-jest'],
    ],
    [
      'vitest.config.ts',
      "export default { test: { environment: 'happy-dom', coverage: { provider: 'v8' } } }",
      ['vitest', 'happy-dom', '@vitest/coverage-v8'],
      ['@vitest/coverage-v8', 'happy-dom', 'vitest'],
    ],
    [
      'webpack.config.js',
      "module.exports = { module: { rules: [{ use: ['style-loader', 'css-loader?x'] }] } }",
      ['webpack', 'style-loader', 'webpack-cli'],
      ['style-loader', 'webpack', 'webpack-cli'],
    ],
    [
      'postcss.config.json',
      { plugins: { autoprefixer: {}, import: {} } },
      ['postcss', 'autoprefixer', 'postcss-import'],
      ['autoprefixer', 'postcss', 'postcss-import'],
    ],
    [
      '.commitlintrc.json',
      { extends: ['@commitlint/config-conventional'] },
      ['@commitlint/cli', '@commitlint/config-conventional'],
      ['@commitlint/cli', '@commitlint/config-conventional'],
    ],
    [
      '.husky/pre-commit',
      '#!/bin/sh\nnpx lint-staged\n# npx none\n',
      ['husky', 'lint-staged', 'none'],
      ['husky', 'lint-staged'],
    ],
    [
      '.lintstagedrc.json',
      { '*.ts': ['eslint --fix', 'prettier --write'] },
      ['lint-staged', 'eslint', 'prettier'],
      ['eslint', 'lint-staged', 'prettier'],
    ],
    [
      '.github/workflows/release.yml',
      'jobs:\n  x:\n    steps:\n      - run: npx semantic-release\n',
      ['semantic-release', 'left-pad'],
      ['semantic-release'],
    ],
    [
      '.releaserc',
      '{ "plugins": ["@semantic-release/git", ["@semantic-release/npm", {}]] }',
      ['semantic-release', '@semantic-release/git', '@semantic-release/npm'],
      ['@semantic-release/git', '@semantic-release/npm', 'semantic-release'],
    ],
    [
      '.storybook/main.ts',
      "export default { addons: ['@storybook/addon-links'] }",
      ['storybook', '@storybook/addon-links'],
      ['@storybook/addon-links', 'storybook'],
    ],
    ['nx.json', { targets: { build: { executor: '@nx/js:tsc' } } }, ['nx', '@nx/js'], ['@nx/js', 'nx']],
    [
      'angular.json',
      {
        builder: '@angular-devkit/build-angular:browser',
        styles: ['node_modules/bootstrap/dist/x.css'],
        polyfills: ['zone.js'],
      },
      ['@angular-devkit/build-angular', 'bootstrap', 'zone.js', '@angular/cli'],
      ['@angular-devkit/build-angular', '@angular/cli', 'bootstrap', 'zone.js'],
    ],
    ['knip.json', { ignoreDependencies: ['left-pad'] }, ['knip', 'left-pad'], ['knip']],
    [
      'depgate.config.json',
      { packages: { ban: [{ package: 'left-pad' }] } },
      ['depgate', 'left-pad'],
      ['depgate'],
    ],
    ['src/deep/.eslintrc.json', { plugins: ['import'] }, ['eslint-plugin-import'], ['eslint-plugin-import']],
    ['eslint.config.js', '"unclosed\n', ['eslint'], ['eslint']],
    ['.babelrc', '{ nonsense', ['@babel/core'], ['@babel/core']],
  ])('%s', async (file, content, declared, used) => {
    const uses = await usesOf({ 'package.json': declaring(declared), [file]: content })
    expect(Object.keys(uses).toSorted()).toEqual(used.toSorted())
    expect(uses[used[0] ?? '']?.every((by) => by === file)).toBe(true)
  })

  test('in package.json', async () => {
    const fields = {
      prettier: '@acme/prettier',
      'lint-staged': { '*': 'eslint --fix' },
      config: { commitizen: { path: './node_modules/cz-conventional' } },
      jest: { preset: 'ts-jest' },
    }
    const names = ['@acme/prettier', 'prettier', 'eslint', 'cz-conventional', 'ts-jest', 'other']
    expect(await usesOf({ 'package.json': declaring(names, fields) })).toEqual({
      '@acme/prettier': ['"prettier" of package.json'],
      prettier: ['"prettier" of package.json'],
      eslint: ['"lint-staged" of package.json'],
      'cz-conventional': ['"config.commitizen" of package.json'],
      'ts-jest': ['"jest" of package.json'],
    })
  })

  test('of TypeScript', async () => {
    const names = [
      'typescript',
      '@tsconfig/node20',
      '@types/node',
      'vite',
      'tslib',
      'typescript-plugin-css',
      'preact',
      '@types/mocha',
      '@types/lodash',
      'lodash',
      '@types/unused',
    ]
    const compilerOptions = {
      types: ['node', 'vite/client'],
      importHelpers: true,
      plugins: [{ name: 'typescript-plugin-css' }],
      jsx: 'react-jsx',
      jsxImportSource: 'preact',
    }
    const files = {
      'package.json': declaring(names),
      'tsconfig.json': { extends: '@tsconfig/node20/tsconfig.json', compilerOptions },
      'a.ts': "import 'lodash'",
    }
    expect(await usesOf(files)).toEqual({
      '@tsconfig/node20': ['tsconfig.json'],
      '@types/node': ['tsconfig.json'],
      '@types/lodash': ['types of lodash'],
      preact: ['tsconfig.json'],
      tslib: ['tsconfig.json'],
      typescript: ['tsconfig.json'],
      'typescript-plugin-css': ['tsconfig.json'],
      vite: ['tsconfig.json'],
    })
    expect(await usesOf({ ...files, 'tsconfig.json': {} })).toMatchObject({
      '@types/mocha': ['tsconfig.json'],
      '@types/node': ['tsconfig.json'],
    })
  })
})

test('peers of what is used, parts of Node that are declared, and where JSX comes from', async () => {
  const graph = await graphOf({
    'package.json': declaring([
      'react-dom',
      'react',
      'buffer',
      '@types/node',
      'scheduler',
      'other-peer',
      'unused',
    ]),
    'node_modules/react-dom/package.json': { peerDependencies: { react: '*', missing: '*' } },
    'node_modules/react/package.json': { peerDependencies: { scheduler: '*' } },
    'node_modules/unused/package.json': { peerDependencies: { 'other-peer': '*' } },
    'tsconfig.json': { compilerOptions: { jsx: 'react-jsx', types: [] } },
    'a.tsx': "import 'react-dom'\nimport 'buffer'\n<jsx>",
  })
  expect(graph.packages[0]?.usedByTools).toEqual([
    { name: '@types/node', by: 'a.tsx' },
    { name: 'buffer', by: 'a.tsx' },
    { name: 'react', by: 'tsconfig.json' },
    { name: 'scheduler', by: 'peer dependency of react' },
  ])
  expect(graph.files[0]?.imports.at(-1)).toEqual({
    specifier: 'react',
    form: 'jsx-source',
    typeOnly: false,
    line: 1,
    column: 1,
    target: { kind: 'package', name: 'react', subpath: '' },
  })
})

test('files of declarations import nothing that is there when the program runs', async () => {
  const graph = await graphOf({
    'package.json': {},
    'a.d.ts': "import 'a'",
    'b.css': '',
    'b.d.css.ts': "import 'a'",
    'c.ts': "import 'a'",
  })
  expect(graph.files.map(({ imports }) => imports[0]?.typeOnly)).toEqual([true, true, false])
})

describe('no graph', () => {
  test.each<[code: string, files: ProjectFiles]>([
    ['project-unreadable', {}],
    ['package-json-unreadable', { 'package.json': '{' }],
    ['package-json-unreadable', { 'package.json': '[]' }],
    ['project-unreadable', { 'package.json': { workspaces: 1 } }],
    ['package-json-unreadable', { 'package.json': { workspaces: ['a'] }, 'a/package.json': '{ "name": }' }],
  ])('%s', async (code, files) => {
    const scanned = await scanOf(makeProject(files))
    expect(scanned.ok ? undefined : scanned.failure).toMatchObject({
      code,
      message: expect.not.stringContaining(emptyFolder().slice(0, 8)) as string,
    })
  })
})

const started = async (scripts: Record<string, string>, more: ProjectFiles = {}) => {
  const files = { 'scripts/a.js': '', 'scripts/b.ts': '', 'next.config.js': '', ...more }
  return (await factsOf({ 'package.json': { scripts }, ...files })).started
}

describe('what scripts start', () => {
  test('where the package is installed, and to run it', async () => {
    expect(await started({ postinstall: 'node scripts/a', start: 'tsx scripts/b.ts' })).toEqual([
      { path: 'scripts/a.js', by: 'install' },
      { path: 'scripts/b.ts', by: 'start' },
    ])
    expect(await started({ test: 'node scripts/a.js', 'start:dev': 'node scripts/a.js' })).toEqual([])
  })

  test('over other scripts', async () => {
    expect(await started({ start: 'npm run go', go: 'node scripts/a.js' })).toEqual([
      { path: 'scripts/a.js', by: 'start' },
    ])
    expect(await started({ start: 'echo go', go: 'node scripts/a.js' })).toEqual([])
  })

  test('with the configuration that is read then', async () => {
    expect(await started({ start: 'next start' })).toEqual([{ path: 'next.config.js', by: 'start' }])
    expect(await started({ start: 'next dev' })).toEqual([])
  })
})

const unread = async (manifest: Record<string, unknown>, files: ProjectFiles) =>
  (await factsOf({ 'package.json': manifest, 'src/z.js': '', ...files })).unread

describe('entries that nobody has read', () => {
  test.each<[string, Record<string, unknown>, ProjectFiles, string[]]>([
    ['without an ending', { bin: { x: 'bin/cli' } }, { 'bin/cli': '#!/usr/bin/env node' }, ['bin/cli']],
    ['in another language', { main: 'lib/i.coffee' }, { 'lib/i.coffee': '' }, ['lib/i.coffee']],
    ['in one that is compiled at once', { main: 'lib/i' }, { 'lib/i.coffee': '' }, ['lib/i.coffee']],
    [
      'of another repository',
      { main: 'src/sub/i.js' },
      { 'src/sub/.git': 'gitdir: ../x', 'src/sub/i.js': '' },
      ['src/sub/i.js'],
    ],
    ['but not a source', { main: 'src/z.js', bin: 'src/z' }, {}, []],
    ['nor what is not built yet', { main: 'dist/i.js', bin: 'dist/cli' }, {}, []],
    ['nor what is built and ignored', { main: 'dist/i.js' }, { 'dist/i.js': '', '.gitignore': 'dist' }, []],
    ['nor styles and data', { style: 'a.css', main: 'a.json' }, { 'a.json': '{}', 'a.css': '' }, []],
  ])('%s', async (_name, manifest, files, expected) => {
    expect(await unread(manifest, files)).toEqual(expected)
  })
})
