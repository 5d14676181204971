/** Tools that check and test: data, and nothing but data. */
import type { Tool } from './tool.ts'

/** Linters, formatters, compilers that they need, and test runners. */
export const CHECKING_TOOLS: readonly Tool[] = [
  {
    packages: ['eslint', 'eslint-cli', 'neostandard', 'xo', 'standard', 'eslint_d'],
    files: ['.eslintrc*', 'eslint.config.*', '.oxlintrc.json', '.xo-config*'],
    fields: ['eslintConfig', 'xo', 'standard'],
    names: [
      'eslint-config-{}',
      '{scope}/eslint-config',
      '{scope}/eslint-config-{}',
      'eslint-plugin-{}',
      '{scope}/eslint-plugin',
      '{scope}/eslint-plugin-{}',
      'eslint-import-resolver-{}',
      '{scope}/eslint-import-resolver-{}',
      'eslint-formatter-{}',
    ],
  },
  { packages: ['oxlint'], files: ['.oxlintrc.json'], names: ['eslint-plugin-{}'] },
  { packages: ['@biomejs/biome'], files: ['biome.json', 'biome.jsonc'] },
  {
    packages: ['prettier'],
    files: ['.prettierrc*', 'prettier.config.*'],
    fields: ['prettier'],
    names: ['prettier-plugin-{}'],
  },
  {
    packages: ['@babel/core', '@babel/cli', 'babel-core', 'babel-cli', '@babel/node', '@babel/register'],
    files: ['.babelrc*', 'babel.config.*'],
    fields: ['babel'],
    names: [
      '@babel/preset-{}',
      '@babel/plugin-{}',
      'babel-preset-{}',
      'babel-plugin-{}',

      '{scope}/babel-preset',
      '{scope}/babel-preset-{}',
      '{scope}/babel-plugin',
      '{scope}/babel-plugin-{}',
      '@babel/plugin-proposal-{}',
      '@babel/plugin-transform-{}',
      '@babel/plugin-syntax-{}',
      '{scope}/preset-{}',
      '{scope}/plugin-{}',
    ],
  },
  { packages: ['@swc/core', '@swc/cli'], files: ['.swcrc'] },
  {
    packages: ['jest', 'jest-cli', '@jest/core', 'babel-jest'],
    files: ['jest.config.*', 'jest.*.config.*', 'jest-*.json', 'jest.*.json'],
    fields: ['jest'],
    names: ['jest-{}', 'jest-environment-{}', 'jest-runner-{}', 'jest-watch-{}', '@jest/{}'],
  },
  {
    packages: ['vitest'],
    files: ['vitest.config.*', 'vitest.*.config.*', 'vitest.workspace.*', 'vite.config.*'],
    names: ['@vitest/coverage-{}', '@vitest/browser-{}', 'vitest-environment-{}', '@vitest/{}'],
  },
  { packages: ['vite'], files: ['vite.config.*', 'vite.*.config.*'], only: true },
  { packages: ['mocha'], files: ['.mocharc*'], fields: ['mocha'] },
  { packages: ['ava'], files: ['ava.config.*'], fields: ['ava'] },
  { packages: ['tap'], files: ['.taprc'], fields: ['tap'], names: ['@tapjs/{}'] },
  { packages: ['jasmine'], files: ['jasmine.json'] },
  {
    packages: ['karma'],
    files: ['karma.conf.*', 'karma.*.conf.*'],
    names: ['karma-{}', 'karma-{}-launcher', 'karma-{}-reporter'],
  },
  {
    packages: ['nyc', 'c8'],
    files: ['.nycrc*', '.c8rc*', 'nyc.config.*'],
    fields: ['nyc', 'c8'],
    names: ['{scope}/nyc-config-{}'],
  },
  { packages: ['cypress'], files: ['cypress.json', 'cypress.config.*'] },
  { packages: ['@playwright/test', 'playwright'], files: ['playwright.config.*', 'playwright-ct.config.*'] },
  {
    packages: ['@wdio/cli'],
    files: ['wdio.conf.*', 'wdio.*.conf.*'],
    names: [
      '@wdio/{}-framework',
      '@wdio/{}-reporter',
      '@wdio/{}-service',
      '@wdio/{}-runner',
      'wdio-{}-service',
      'wdio-{}-reporter',
    ],
  },
  {
    packages: ['@stryker-mutator/core'],
    files: ['stryker.conf.*', 'stryker.config.*', '.stryker.*'],
    names: ['@stryker-mutator/{}-runner', '@stryker-mutator/{}-checker'],
  },
]
