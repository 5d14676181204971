/** Whatever a project's .npmrc says, the inventory is the same or the failure names the key; nothing planted is run. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import pLimit from 'p-limit'
import { beforeAll, describe, expect, test } from 'vitest'
import { askNpm, confirmTree, readTree } from '#collectors/collect'
import { findNpm } from '#collectors/npm-program'
import type { Inventory } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import { addFiles, emptyFolder } from '../unit/collectors/project-folder.ts'
import { SCENARIOS } from '../unit/collectors/scenarios.ts'
import { lockfile, pkg } from '../unit/collectors/project-folder.ts'
import { openDisk } from '#disk/disk'
import { disksOf } from '../unit/collectors/project-folder.ts'

/** Keys that are worth several values, besides those that npm's own definitions list. */
const EXTRA = new Map([
  ['workspace', ['packages/a', '@app/b', 'nowhere']],
  ['only', ['prod', 'dev']],
  ['location', ['global', 'user']],
  ['depth', ['0', '-1', 'nothing']],
  ['prefix', ['./elsewhere', '/']],
  ['cafile', ['./nothing', './packages']],
  ['registry', ['https://registry.example/', 'not an address']],
  ['node-options', ['--require ./node_modules/.planted.cjs']],
  ['@app:registry', ['https://registry.example/']],
  ['//registry.example/:_authToken', ['${HOME}']],
  ['__proto__', ['x']],
  ['constructor', ['x']],
])

const LOT = 4

interface Definition {
  type: unknown
  default: unknown
}

let project: string
let outside: string
let baseline: Inventory
let cases: [key: string, value: string][]

beforeAll(async () => {
  const folder = emptyFolder()
  project = join(folder, 'project')
  outside = join(folder, 'outside')
  buildProject(project)
  mkdirSync(outside)
  plant(project)
  const first = await collect(project)
  if (!first.ok) throw new Error(JSON.stringify(first.failure))
  baseline = first.value
  cases = allCases()
}, 60_000)

describe('a hostile .npmrc', () => {
  test('the tree of the test shows every trait', () => {
    expect(baseline.instances.map(({ location }) => location)).toEqual([
      '',
      'node_modules/alias',
      'node_modules/left-out',
      'node_modules/needs-peer',
      'node_modules/prod',
      'node_modules/prod-dep',
      'node_modules/shared',
      'node_modules/tool',
      'packages/a',
      'packages/b',
      'packages/b/node_modules/shared',
    ])
  })

  test(
    'every key of npm gives the same inventory, or a failure that names it',
    { timeout: 300_000 },
    async () => {
      const limit = pLimit(3)
      const copies = Array.from({ length: 3 }, () => {
        const copy = join(emptyFolder(), 'project')
        buildProject(copy)
        return copy
      })
      const free = [...copies]
      const wrong: string[] = []
      const refused = new Set<string>()
      const collectWith = (lot: readonly [key: string, value: string][]): Promise<Outcome<Inventory>> =>
        limit(async () => {
          const copy = free.pop() ?? ''
          writeFileSync(join(copy, '.npmrc'), lot.map(([key, value]) => `${key}=${value}\n`).join(''))
          const outcome = await collect(copy)
          rmSync(join(copy, '.npmrc'))
          free.push(copy)
          return outcome
        })
      await Promise.all(
        lotsOf(cases).map(async (lot) => {
          // Keys that change nothing together need not be tried one by one.
          if (isRight(await collectWith(lot))) return
          for (const [key, value] of lot) {
            const outcome = await collectWith([[key, value]])
            if (!isRight(outcome) && !names(outcome, key))
              wrong.push(`${key}=${value}: ${JSON.stringify(outcome).slice(0, 500)}`)
            if (!outcome.ok) refused.add(key)
          }
        }),
      )
      expect(wrong).toEqual([])
      for (const key of [
        'link',
        'omit',
        'only',
        'location',
        'depth',
        'workspaces',
        'package-lock-only',
        'global',
        'json',
      ]) {
        expect(refused).not.toContain(key)
      }
      for (const copy of copies)
        expect(readdirSync(copy).toSorted()).toEqual([
          'node_modules',
          'package-lock.json',
          'package.json',
          'packages',
        ])
      expect(cases.length).toBeGreaterThan(150)
    },
  )

  test('many keys at once', async () => {
    writeFileSync(
      join(project, '.npmrc'),
      'link=true\nomit[]=dev\nomit[]=peer\nonly=prod\nlocation=global\nglobal=true\ndepth=0\nworkspaces=false\npackage-lock-only=true\nlong=true\nusage=true\njson=false\nparseable=true\n',
    )
    const outcome = await collect(project)
    rmSync(join(project, '.npmrc'))
    expect(outcome).toEqual({ ok: true, value: baseline })
  })

  test('nothing planted was run and nothing was written', () => {
    expect(existsSync(join(outside, 'planted-ran'))).toBe(false)
    expect(readdirSync(outside)).toEqual([])
  })
})

/** Whether nothing was changed. */
function isRight(outcome: Outcome<Inventory>): boolean {
  return outcome.ok && JSON.stringify(outcome.value) === JSON.stringify(baseline)
}

async function collect(folder: string): Promise<Outcome<Inventory>> {
  const said = askNpm(openDisk(folder), {
    project: folder,
    env: hostileEnvironment(folder),
    signal: AbortSignal.timeout(30_000),
  })
  const draft = readTree(disksOf(folder), { project: folder, omitDev: false })
  const text = await said
  if (!draft.ok) return draft
  return text.ok ? confirmTree(draft.value, text.value) : text
}

/** Programs that would leave a mark if anybody ran them. */
function plant(folder: string): void {
  const mark = join(outside, 'planted-ran')
  const js = `require('fs').appendFileSync(${JSON.stringify(mark)}, 'run')\n`
  const sh = `#!/bin/sh\necho run >> ${JSON.stringify(mark)}\necho '{}'\n`
  addFiles(folder, {
    'node_modules/.planted.cjs': js,
    'node_modules/.npm/bin/npm-cli.js': js,
    'node_modules/.bin': null,
  })
  for (const name of ['npm', 'node', 'git', 'sh']) {
    writeFileSync(join(folder, 'node_modules/.bin', name), sh, { mode: 0o755 })
  }
}

/** What `npm run` gives its children, and worse. */
function hostileEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: [join(folder, 'node_modules/.bin'), folder, process.env['PATH'] ?? ''].join(delimiter),
    npm_execpath: join(folder, 'node_modules/.npm/bin/npm-cli.js'),
    npm_config_omit: 'dev',
    npm_config_global: 'true',
    NODE_ENV: 'production',
    NODE_OPTIONS: `--require ${join(folder, 'node_modules/.planted.cjs')}`,
  }
}

function names(outcome: Outcome<Inventory>, key: string): boolean {
  return (
    !outcome.ok &&
    (outcome.failure.details ?? []).some((line) => line.includes('.npmrc') && line.includes(key))
  )
}

/** Lots of a few cases, none with two values of one key. */
function lotsOf(all: readonly [string, string][]): [string, string][][] {
  const count = Math.ceil(all.length / LOT)
  return Array.from({ length: count }, (_, first) => all.filter((_case, at) => at % count === first))
}

function allCases(): [string, string][] {
  const npm = findNpm({ project, env: process.env, execPath: process.execPath })
  if (!npm.ok) throw new Error(npm.failure.message)
  const definitions = {
    ...definitionsFrom(import.meta.url),
    ...definitionsFrom(npm.value),
  }
  const values = new Map(Object.entries(definitions).map(([key, definition]) => [key, valuesOf(definition)]))
  for (const [key, more] of EXTRA) values.set(key, [...new Set([...(values.get(key) ?? []), ...more])])
  return [...values].flatMap(([key, list]) => list.map((value): [string, string] => [key, value]))
}

function definitionsFrom(from: string): Record<string, Definition> {
  const definitions: unknown = createRequire(from)('@npmcli/config/lib/definitions/definitions.js')
  if (!isDefinitions(definitions)) throw new Error('npm keeps its definitions somewhere else')
  return definitions
}

function isDefinitions(value: unknown): value is Record<string, Definition> {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 100 && 'omit' in value
}

/** At most two values of the type that differ from the default, or one that is of no type. */
function valuesOf({ type, default: preset }: Definition): string[] {
  const types = new Set([type].flat())
  const values = [...types].filter((one): one is string => typeof one === 'string')
  if (types.has(Boolean)) values.push('true', 'false')
  if (types.has(Number)) values.push('0')
  const unusual = values.filter((value) => value !== String(preset)).slice(0, 2)
  return unusual.length > 0 ? unusual : ['./x']
}

/** One project with workspaces, an alias, an optional package that is left out, a peer and a development dependency. */
function buildProject(folder: string): void {
  const workspaces = SCENARIOS['workspaces']
  const root = {
    name: 'app',
    version: '1.0.0',
    workspaces: ['packages/*'],
    dependencies: { prod: '^1.0.0', alias: 'npm:real@^1.0.0', 'needs-peer': '1.0.0' },
    devDependencies: { tool: '^1.0.0' },
    optionalDependencies: { 'left-out': '1.0.0' },
  }
  mkdirSync(folder, { recursive: true })
  addFiles(folder, {
    ...workspaces?.files,
    'package.json': root,
    'node_modules/alias/package.json': pkg('real', '1.0.0'),
    'node_modules/needs-peer/package.json': pkg('needs-peer', '1.0.0', { peerDependencies: { prod: '1' } }),
    'node_modules/prod/package.json': pkg('prod', '1.0.0', { dependencies: { 'prod-dep': '1' } }),
    'node_modules/prod-dep/package.json': pkg('prod-dep', '1.0.0'),
    'package-lock.json': lockfile({
      ...workspaces?.lock,
      '': root,
      'node_modules/alias': { name: 'real', version: '1.0.0' },
      'node_modules/left-out': { version: '1.0.0', optional: true },
      'node_modules/needs-peer': { version: '1.0.0', peerDependencies: { prod: '1' } },
      'node_modules/prod': { version: '1.0.0', dependencies: { 'prod-dep': '1' } },
      'node_modules/prod-dep': { version: '1.0.0' },
    }),
  })
}
