/** What is published: everything that package.json promises, and nothing that nobody can start. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const published = packedFiles()

describe('the published package', () => {
  test.each(promisedFiles(manifest).map((file) => [file]))('holds %s', (file) => {
    expect(published).toContain(file)
  })

  test('holds what is looked for by the name of the package', () => {
    expect(published).toContain('data/license-texts.br')
    expect(published).toContain('dist/bundle/worker.js')
    expect(published).toContain('dist/bundle/fetch-worker.js')
    expect(published).toContain('dist/build-stamp')
    expect(published).toContain('src/policy/rules/license-not-allowed.md')
  })

  test('holds no code twice', () => {
    const code = published.filter((file) => file.endsWith('.js'))
    expect(code.filter((file) => !file.startsWith('dist/bundle/'))).toEqual([])
    expect(code.length).toBeGreaterThan(10)
  })
})

/** What the command line needs, or whoever judges. */
const ONLY_FOR_OTHERS = new Set([
  'commander',
  'valibot',
  'jsonc-parser',
  'lru-cache',
  'p-limit',
  'undici',
  'cacache',
])

test.each([
  ['vitest.js', ['vitest', 'semver/functions/satisfies.js', 'spdx-satisfies']],
  ['setup.js', ['vitest']],
  ['index.js', []],
])('%s loads no package that only others need', (entry, needed) => {
  const loaded = packagesLoadedBy(entry)
  expect(loaded).toEqual(expect.arrayContaining(needed))
  expect(loaded.filter((name) => ONLY_FOR_OTHERS.has(name))).toEqual([])
})

/** Packages that come into a process with a file of the bundle, before any of it runs. */
function packagesLoadedBy(entry: string): string[] {
  const files = new Set([entry])
  const packages = new Set<string>()
  for (const file of files) {
    const text = readFileSync(join(ROOT, 'dist/bundle', file), 'utf8')
    for (const [, from = ''] of text.matchAll(/^(?:import|export) (?:[^"\n]+ from )?"([^"\n]+)";$/gm)) {
      if (from.startsWith('./')) files.add(from.slice(2))
      else if (!from.startsWith('node:')) packages.add(from)
    }
  }
  return [...packages]
}

/** Every file that a user of package.json may be led to: `bin`, `exports`, and nothing with a pattern. */
function promisedFiles(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const files: string[] = []
  const walk = (entry: unknown): void => {
    if (typeof entry === 'string' && entry.startsWith('./') && !entry.includes('*'))
      files.push(entry.slice(2))
    else if (typeof entry === 'object' && entry !== null) Object.values(entry).forEach(walk)
  }
  if ('bin' in value) walk(value.bin)
  if ('exports' in value) walk(value.exports)
  return [...new Set(files)].toSorted()
}

function packedFiles(): string[] {
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const packed = JSON.parse(text) as { files: { path: string }[] }[]
  return packed.flatMap(({ files }) => files.map(({ path }) => path))
}
