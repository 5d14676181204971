import { describe, expect, test } from 'vitest'
import { neverShips } from '#policy/imports/well-known-files'

describe('never ships', () => {
  test.each([
    // Folders of tests, wherever they lie.
    ...[
      '__fixtures__',
      '__mocks__',
      '__snapshots__',
      '__tests__',
      'cypress',
      'e2e',
      'fixtures',
      'playwright',
      'test',
      'tests',
    ].flatMap((folder) => [`${folder}/a.ts`, `src/${folder}/a.ts`, `src/${folder}/deep/a.ts`]),
    // Folders that hold no part of the product where they lie at the top.
    ...[
      'bench',
      'benches',
      'benchmark',
      'benchmarks',
      'demo',
      'demos',
      'docs',
      'example',
      'examples',
      'fixture',
      'mocks',
      'playground',
      'script',
      'scripts',
      'spec',
      'specs',
      'stories',
      'storybook',
      'testing',
      'tools',
      '.storybook',
    ].flatMap((folder) => [`${folder}/a.ts`, `${folder}/deep/a.ts`]),
    // Names of tests.
    ...[
      'test',
      'tests',
      'spec',
      'specs',
      'bench',
      'e2e',
      'stories',
      'story',
      'fixture',
      'mock',
      'cy',
      'test-d',
    ].map((kind) => `src/a.${kind}.ts`),
    'src/a_test.js',
    'src/a-spec.mjs',
    'src/a.test.d.ts',
    'a.test.ts.snap',
    // Names of configurations.
    '.eslintrc.cjs',
    'src/.hidden.js',
    'vite.config.ts',
    'src/app.config.ts',
    'a.conf.js',
    'jest.setup.ts',
    'vitest.workspace.ts',
    'test.js',
    'tests.ts',
    'setupTests.ts',
    'jest.setup.js',
    'jest-setup.js',
    'vitest.setup.ts',
    'vitest-setup.ts',
    'test-setup.ts',
    'test-utils.tsx',
    'Gruntfile.js',
    'gulpfile.js',
    'Gulpfile.mjs',
    'gulpfile.babel.js',
    'karma.js',
    'webpack.js',
    'webpack.prod.js',
    'rollup.mjs',
    'src/wallaby.js',
  ])('%s', (path) => {
    expect(neverShips(path)).toBe(true)
  })
})

describe('may ship', () => {
  test.each([
    'a.ts',
    'src/a.ts',
    'test',
    'src/tests',
    'src/bench/a.ts',
    'src/tools/a.ts',
    'src/.well-known/a.ts',
    'testing.ts',
    'src/latest.ts',
    'src/atest.ts',
    'src/a.test',
    'src/a.tester.ts',
    'src/a.test-x.ts',
    'src/a.test.x-y.ts',
    'webpack.x-y.ts',
    'src/a.config.x-y',
    'src/contest/a.ts',
    'testament/a.ts',
    'src/config.ts',
    'src/a.config',
    'src/a.config.d.ts',
    'src/aconfig.ts',
    'src/mytest.ts',
    'src/my.webpack',
    'src/webpacker.ts',
    'src/unwebpack.ts',
    'src/mygulpfile.js',
    'src/setup.ts',
    'src/jestxsetup.ts',
    'a.hidden.ts',
  ])('%s', (path) => {
    expect(neverShips(path)).toBe(false)
  })
})

describe('what frameworks make pages of', () => {
  test.each([
    'pages/speed-test.jsx',
    'src/routes/pen-test.ts',
    'app/routes/test/index.tsx',
    'src/pages/x.config.ts',
  ])('%s ships', (path) => {
    expect(neverShips(path)).toBe(false)
  })

  test.each(['pages/a.test.jsx', 'src/pages/__tests__/a.jsx', 'src/speed-test.jsx', 'tests/pages/a.ts'])(
    '%s does not',
    (path) => {
      expect(neverShips(path)).toBe(true)
    },
  )
})
