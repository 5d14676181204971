/** knip reads the same project by code of its own: what it says of dependencies and what depgate says is compared. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { imports } from 'depgate/vitest'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const KNIP = createRequire(import.meta.url).resolve('knip')

/**
 * knip leads `#folder/file` to what was built of a source, as Node does without a condition, and so would not come to most
 * sources from where programs begin. Which files are reached is not asked here: every file counts as a beginning.
 */
const BEGINNINGS = {
  entry: ['{src,tests}/**/*.{ts,mjs}', 'docs/recipes/*.ts', '{scripts,bench}/**/*.mjs'],
  project: ['{src,tests,scripts,bench,docs}/**'],
}

/**
 * What knip takes for unused, and depgate sees used: knip does not look at what is asked of a `require` that
 * `createRequire(import.meta.url)` has made.
 */
const BY_CREATED_REQUIRE = ['axe-core', 'verdaccio']

interface KnipReport {
  issues: { file: string; dependencies?: Named[]; devDependencies?: Named[]; unlisted?: Named[] }[]
}
interface Named {
  name: string
}

function askKnip(): { unused: string[]; undeclared: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'depgate-knip-'))
  try {
    const config = join(folder, 'knip.json')
    writeFileSync(config, JSON.stringify(BEGINNINGS))
    const text = execFileSync(
      process.execPath,
      [join(KNIP, '../../bin/knip.js'), '--directory', ROOT, '--config', config].concat([
        '--no-exit-code',
        '--include',
        'dependencies,unlisted',
        '--reporter',
        'json',
      ]),
      { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    )
    const { issues } = JSON.parse(text) as KnipReport
    const names = (of: (issue: KnipReport['issues'][number]) => Named[] | undefined): string[] =>
      [...new Set(issues.flatMap((issue) => (of(issue) ?? []).map(({ name }) => name)))].toSorted()
    return {
      unused: names(({ dependencies = [], devDependencies = [] }) => [...dependencies, ...devDependencies]),
      undeclared: names(({ unlisted }) => unlisted),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The names that the matcher objects to; none where it objects to nothing. */
async function unusedByDepgate(): Promise<string[]> {
  const text = await expect(imports())
    .toHaveNoUnusedDependencies()
    .then(
      () => '',
      (error: unknown) => String(error),
    )
  return [...text.matchAll(/declares (\S+), but nothing/g)].map(([, name = '']) => name)
}

test(
  'knip says the same of what is declared and used, but for what is explained',
  { timeout: 120_000 },
  async () => {
    const { unused, undeclared } = askKnip()
    await expect(imports()).toHaveNoUndeclaredImports()
    // What a doc comment of src/model/imports.ts says of `@jsxImportSource` is no import; knip takes it for one.
    expect(undeclared.filter((name) => name !== 'a`,')).toEqual([])
    // The types of a package are used where the package is.
    const untyped = unused.filter((name) => !name.startsWith('@types/'))
    expect(untyped.toSorted()).toEqual([...BY_CREATED_REQUIRE, ...(await unusedByDepgate())].toSorted())
  },
)

test.each(BY_CREATED_REQUIRE)('%s is used by a require that was created', async (name) => {
  const { graph } = await imports().resolve()
  const places = graph.files.filter(({ imports: sites }) =>
    sites.some(({ target, form }) => {
      const isThere = target.kind === 'package' && target.name === name
      return isThere && (form === 'require' || form === 'require-resolve')
    }),
  )
  expect(places.some(({ path }) => readFileSync(join(ROOT, path), 'utf8').includes('createRequire'))).toBe(
    true,
  )
})
