/** The recipes of docs/imports.md: the very files hold in a shop that keeps to them, and fail in one that does not. */
import { execFile } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cliEnvironment } from '../support/cli.ts'
import { BREAKS, SHOP } from '../support/recipe-shop.ts'
import type { Files } from '../support/recipe-shop.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const RECIPES = join(ROOT, 'docs/recipes')
const names = readdirSync(RECIPES).map((file) => basename(file, '.test.ts'))

/** The set-up is what the docs tell to write; without it every test file reads the project itself. */
const SET_UP =
  "export default { test: { globalSetup: ['depgate/vitest/setup'], provide: { depgateOptions: { offline: true } } } }\n"

const folder = mkdtempSync(join(tmpdir(), 'depgate-recipes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function buildShop(name: string, config: string, changes: readonly Files[]): string {
  const shop = join(folder, name)
  const recipes = names.map((recipe) => [
    `architecture/${recipe}.test.ts`,
    readFileSync(join(RECIPES, `${recipe}.test.ts`), 'utf8'),
  ])
  const files = new Map<string, string>(
    [SHOP, Object.fromEntries(recipes), { 'vitest.config.mjs': config }, ...changes].flatMap((each) =>
      Object.entries(each),
    ),
  )
  for (const [path, text] of files) {
    mkdirSync(dirname(join(shop, path)), { recursive: true })
    writeFileSync(join(shop, path), text)
  }
  mkdirSync(join(shop, 'node_modules'))
  symlinkSync(ROOT, join(shop, 'node_modules/depgate'))
  symlinkSync(join(ROOT, 'node_modules/vitest'), join(shop, 'node_modules/vitest'))
  return shop
}

interface Result {
  status: string
  message: string
}

/** What became of each recipe. */
async function runRecipes(shop: string): Promise<Map<string, Result>> {
  const output = join(shop, 'results.json')
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  const args = [
    vitest,
    'run',
    'architecture',
    '--reporter',
    'json',
    '--outputFile',
    output,
    '--maxWorkers',
    '2',
  ]
  const home = join(folder, 'home')
  const ended = await promisify(execFile)(process.execPath, args, {
    cwd: shop,
    env: cliEnvironment({ home }),
  }).catch((error: unknown) => error)
  try {
    const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as {
      testResults: {
        name: string
        status: string
        message: string
        assertionResults: { failureMessages: string[] }[]
      }[]
    }
    return new Map(
      testResults.map(({ name, status, message, assertionResults }) => [
        basename(name, '.test.ts'),
        {
          status,
          message: [message, ...assertionResults.flatMap((entry) => entry.failureMessages)].join('\n'),
        },
      ]),
    )
  } catch (error) {
    throw new Error(`Vitest wrote no results: ${String(ended)}`, { cause: error })
  }
}

let good: Map<string, Result>
let broken: Map<string, Result>
beforeAll(async () => {
  good = await runRecipes(buildShop('good', SET_UP, []))
  const changes = Object.values(BREAKS).map(({ files }) => files)
  broken = await runRecipes(buildShop('broken', 'export default {}\n', changes))
})

describe.each(names)('the recipe %s', (name) => {
  test('holds in a shop that keeps to it', () => {
    expect(good.get(name)).toEqual({ status: 'passed', message: '' })
  })

  test('fails where it is broken, and shows the place', () => {
    const { place = 'a place' } = BREAKS[name] ?? {}
    expect(broken.get(name)?.message).toContain(place)
    expect(broken.get(name)?.status).toBe('failed')
  })
})
