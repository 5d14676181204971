/** Small projects that show one trait of npm trees each; recordings of npm for them lie in fixtures/npm-ls. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProjectFiles } from './project-folder.ts'
import { lockfile, makeProject, pkg } from './project-folder.ts'

/** A scenario: the files on disk, and the packages its lockfile lists. */
export interface Scenario {
  files: ProjectFiles
  lock: Record<string, Record<string, unknown>>
}

const app = (more: Record<string, unknown>): Record<string, unknown> => ({
  name: 'app',
  version: '1.0.0',
  ...more,
})

/** All scenarios by name. */
export const SCENARIOS: Record<string, Scenario> = {
  workspaces: {
    files: {
      'package.json': app({ workspaces: ['packages/*'], devDependencies: { tool: '^1.0.0' } }),
      'packages/a/package.json': { name: '@app/a', version: '1.0.0', dependencies: { shared: '^1.0.0' } },
      'packages/b/package.json': {
        name: '@app/b',
        version: '2.0.0',
        dependencies: { '@app/a': '*', shared: '^2.0.0' },
        devDependencies: { tool: '^1.0.0' },
      },
      'packages/b/node_modules/shared/package.json': pkg('shared', '2.0.0'),
      'node_modules/@app/a': { link: '../../packages/a' },
      'node_modules/@app/b': { link: '../../packages/b' },
      'node_modules/shared/package.json': pkg('shared', '1.0.0'),
      'node_modules/tool/package.json': pkg('tool', '1.2.0'),
    },
    lock: {
      '': app({ workspaces: ['packages/*'], devDependencies: { tool: '^1.0.0' } }),
      'node_modules/@app/a': { resolved: 'packages/a', link: true },
      'node_modules/@app/b': { resolved: 'packages/b', link: true },
      'node_modules/shared': { version: '1.0.0' },
      'node_modules/tool': { version: '1.2.0', dev: true },
      'packages/a': { name: '@app/a', version: '1.0.0', dependencies: { shared: '^1.0.0' } },
      'packages/b': {
        name: '@app/b',
        version: '2.0.0',
        dependencies: { '@app/a': '*', shared: '^2.0.0' },
        devDependencies: { tool: '^1.0.0' },
      },
      'packages/b/node_modules/shared': { version: '2.0.0' },
    },
  },
  alias: {
    files: {
      'package.json': app({ dependencies: { short: 'npm:@scope/real@^1.0.0' } }),
      'node_modules/short/package.json': pkg('@scope/real', '1.4.0'),
    },
    lock: {
      '': app({ dependencies: { short: 'npm:@scope/real@^1.0.0' } }),
      'node_modules/short': { name: '@scope/real', version: '1.4.0' },
    },
  },
  'missing-peer': {
    files: {
      'package.json': app({ dependencies: { plugin: '1.0.0' } }),
      'node_modules/plugin/package.json': pkg('plugin', '1.0.0', {
        peerDependencies: { host: '^3.0.0', perhaps: '*' },
        peerDependenciesMeta: { perhaps: { optional: true } },
      }),
    },
    lock: {
      '': app({ dependencies: { plugin: '1.0.0' } }),
      'node_modules/plugin': {
        version: '1.0.0',
        peerDependencies: { host: '^3.0.0', perhaps: '*' },
        peerDependenciesMeta: { perhaps: { optional: true } },
      },
    },
  },
  missing: {
    files: {
      'package.json': app({ dependencies: { a: '1.0.0' } }),
      'node_modules/a/package.json': pkg('a', '1.0.0', { dependencies: { gone: '^2.0.0' } }),
    },
    lock: {
      '': app({ dependencies: { a: '1.0.0' } }),
      'node_modules/a': { version: '1.0.0', dependencies: { gone: '^2.0.0' } },
      'node_modules/gone': { version: '2.1.0' },
    },
  },
  invalid: {
    files: {
      'package.json': app({ dependencies: { a: '1.0.0', c: '2.0.0' } }),
      'node_modules/a/package.json': pkg('a', '1.0.0', { dependencies: { c: '^1.0.0' } }),
      'node_modules/c/package.json': pkg('c', '2.0.0'),
    },
    lock: {
      '': app({ dependencies: { a: '1.0.0', c: '2.0.0' } }),
      'node_modules/a': { version: '1.0.0', dependencies: { c: '^1.0.0' } },
      'node_modules/c': { version: '2.0.0' },
    },
  },
  extraneous: {
    files: {
      'package.json': app({ dependencies: { a: '1.0.0' } }),
      'node_modules/a/package.json': pkg('a', '1.0.0'),
      'node_modules/stray/package.json': pkg('stray', '0.1.0', { dependencies: { under: '1' } }),
      'node_modules/stray/node_modules/under/package.json': pkg('under', '1.0.0'),
    },
    lock: { '': app({ dependencies: { a: '1.0.0' } }), 'node_modules/a': { version: '1.0.0' } },
  },
  'optional-left-out': {
    files: {
      'package.json': app({ dependencies: { watch: '1.0.0' } }),
      'node_modules/watch/package.json': pkg('watch', '1.0.0', {
        optionalDependencies: { 'watch-mac': '1.0.0' },
      }),
    },
    lock: {
      '': app({ dependencies: { watch: '1.0.0' } }),
      'node_modules/watch': { version: '1.0.0', optionalDependencies: { 'watch-mac': '1.0.0' } },
      'node_modules/watch-mac': {
        version: '1.0.0',
        optional: true,
        os: ['darwin'],
        dependencies: { 'mac-bits': '1' },
      },
      'node_modules/mac-bits': { version: '1.1.0', optional: true, os: ['darwin'] },
    },
  },
  bundled: {
    files: {
      'package.json': app({ dependencies: { carrier: '1.0.0' } }),
      'node_modules/carrier/package.json': pkg('carrier', '1.0.0', {
        dependencies: { inner: '1.0.0' },
        bundleDependencies: ['inner'],
      }),
      'node_modules/carrier/node_modules/inner/package.json': pkg('inner', '1.0.0', {
        dependencies: { core: '1' },
      }),
      'node_modules/carrier/node_modules/core/package.json': pkg('core', '1.0.0'),
    },
    lock: {
      '': app({ dependencies: { carrier: '1.0.0' } }),
      'node_modules/carrier': {
        version: '1.0.0',
        dependencies: { inner: '1.0.0' },
        bundleDependencies: ['inner'],
      },
      'node_modules/carrier/node_modules/core': { version: '1.0.0', inBundle: true },
      'node_modules/carrier/node_modules/inner': {
        version: '1.0.0',
        inBundle: true,
        dependencies: { core: '1' },
      },
    },
  },
}

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures')

/** The recording of npm 11 for a scenario. */
export function recordingPath(scenario: string): string {
  return join(FIXTURES, 'npm-ls', scenario, 'npm11_node20_linux.json')
}

/** The lockfile of a scenario. */
export function lockfilePath(scenario: string): string {
  return join(FIXTURES, 'lockfiles', scenario, 'package-lock.json')
}

/** What npm said of a scenario when it was recorded. */
export function recordingOf(scenario: string): string {
  return readFileSync(recordingPath(scenario), 'utf8')
}

/** Builds a scenario on disk, with its lockfile unless asked otherwise. */
export function makeScenario(name: string, withLockfile = true): string {
  const scenario = SCENARIOS[name]
  if (!scenario) throw new Error(`no scenario ${name}`)
  return makeProject({
    ...scenario.files,
    ...(withLockfile ? { 'package-lock.json': lockfile(scenario.lock) } : {}),
  })
}
