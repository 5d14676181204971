import { describe, expect, test } from 'vitest'
import { NO_IMPORT_RULES } from '#model/import-rules'
import type { ImportRules } from '#model/import-rules'
import {
  toHaveNoUndeclaredImports,
  toHaveNoUnusedDependencies,
  toRespectLayers,
} from '#vitest/import-rule-matchers'
import { selectImports } from '#vitest/import-selection'
import { importGraph } from '../../support/import-sketch.ts'
import type { Sketch } from '../../support/import-sketch.ts'

const select = (files: Sketch['files'], packages?: Sketch['packages'], rules?: ImportRules) =>
  selectImports(async () => ({
    graph: importGraph(files, packages),
    inventory: { instances: [], edges: [] },
    ...(rules && { rules }),
  }))

const flat = (text: string) => text.replaceAll(/\s+/g, ' ')
const PROBLEM = { problem: { code: 'syntax', message: 'A bracket is missing.' } } as const

describe('toHaveNoUndeclaredImports', () => {
  const PACKAGES = { '.': { dev: ['vitest', 'hoisted'] }, 'packages/ui': { dependencies: ['react'] } }
  const FILES = {
    'packages/ui/src/a.ts': ['react', 'node:fs', 'phantom', 'hoisted'],
    'packages/ui/src/b.ts': ['packages/ui/src/a.ts', 'phantom/deep'],
    'tests/a.test.ts': ['vitest'],
  }

  test('shows each place, what only the root declares too', async () => {
    const result = await toHaveNoUndeclaredImports(select(FILES, PACKAGES))
    expect(result.pass).toBe(false)
    const text = flat(result.message())
    expect(text).toContain('imports() must declare what it imports: 3 places do not')
    expect(text).toContain(
      'violation packages/ui/src/a.ts:3:20 packages/ui imports phantom, which packages/ui/package.json does not declare fix Run npm install',
    )
    expect(text).toContain(
      'violation packages/ui/src/a.ts:4:20 packages/ui imports hoisted, which package.json declares and packages/ui/package.json does not',
    )
    expect(text).toContain('violation packages/ui/src/b.ts:2:20')
  })

  test('speaks of selected files only', async () => {
    const text = (await toHaveNoUndeclaredImports(select(FILES, PACKAGES).from('**/b.ts'))).message()
    expect(text).toContain('1 place does not')
    expect((await toHaveNoUndeclaredImports(select(FILES, PACKAGES).in('.'))).pass).toBe(true)
  })
})

describe('toHaveNoUnusedDependencies', () => {
  const ROOT = { '.': { dependencies: ['zod', 'left-pad'] } }
  const PACKAGES = {
    ...ROOT,
    'packages/ui': { dev: ['prettier', 'gone'], usedByTools: [{ name: 'prettier', by: 'a script' }] },
  }

  test('shows the line of package.json and the fix', async () => {
    const source = select({ 'src/a.ts': ['zod'], 'packages/ui/a.ts': [] }, PACKAGES)
    const text = flat((await toHaveNoUnusedDependencies(source)).message())
    expect(text).toContain('2 dependencies are not used')
    expect(text).toContain('violation package.json:11 package.json declares left-pad')
    expect(text).toContain('fix Run npm uninstall --workspace packages/ui gone.')
    expect(flat((await toHaveNoUnusedDependencies(source.in('@acme/ui'))).message())).toContain(
      '1 dependency is not used',
    )
  })

  test('passes where all is used', async () => {
    const source = select({ 'src/a.ts': ['zod', 'left-pad'] }, ROOT)
    expect((await toHaveNoUnusedDependencies(source)).pass).toBe(true)
  })

  test('a file of the package that nobody can read fails, selected or not', async () => {
    const source = select({ 'src/a.ts': ['zod', 'left-pad'], 'src/b.ts': PROBLEM }, ROOT)
    await expect(toHaveNoUnusedDependencies(source.from('src/a.ts'))).rejects.toThrow(
      /could not check.*src\/b\.ts/s,
    )
  })
})

describe('toRespectLayers', () => {
  const FILES = {
    'src/model/a.ts': ['src/db/client.ts'],
    'src/db/client.ts': ['src/model/a.ts', 'node:fs', '?'],
    'src/app.ts': ['src/db/client.ts', 'src/model/a.ts'],
  }
  const LAYERS = {
    model: { files: ['src/model/**'], imports: [] },
    db: { files: ['src/db/**'], imports: ['model'] },
  }

  test('holds the layers that are handed in', async () => {
    const result = await toRespectLayers(select(FILES), LAYERS)
    const text = flat(result.message())
    expect(text).toContain('imports() must respect 2 layers: 2 imports do not')
    expect(text).toContain(
      'violation src/model/a.ts:1:20 src/model/a.ts:1 imports src/db/client.ts (layer db), which the layer model must not',
    )
    expect(text).toContain('violation src/db/client.ts:3:20 imports by an expression')
    expect(
      (
        await toRespectLayers(
          select({ ...FILES, 'src/model/a.ts': [], 'src/db/client.ts': ['src/model/a.ts'] }),
          LAYERS,
        )
      ).pass,
    ).toBe(true)
  })

  test('holds those of the policy, with packages and parts of Node', async () => {
    const place = { builtins: ['node:path'], location: { file: 'depgate.config.json', line: 4 } }
    const layers = Object.entries(LAYERS).map(([name, layer]) => Object.assign({ name }, layer, place))
    const source = select(FILES, undefined, { ...NO_IMPORT_RULES, layers, location: { file: '' } })
    const text = flat((await toRespectLayers(source.from('src/db/**'))).message())
    expect(text).toContain('src/db/client.ts:2 imports node:fs, which the layer db must not')
    expect(text).toContain('change imports.layers in depgate.config.json:4')
    expect(text).not.toContain('src/model/a.ts:1')
  })

  test.each([
    ['no layer', {}, 'the target is empty: there is no layer'],
    [
      'a layer without files',
      { ...LAYERS, gone: { files: ['src/gone/**'], imports: [] } },
      'the source is empty: the layer gone holds no source file',
    ],
    [
      'a target without files',
      { model: { files: ['src/model/**'], imports: ['modle'] } },
      'the target is empty: the layer model may import "modle"',
    ],
    [
      'no file in a layer',
      { app: { files: ['src/app.ts'], imports: [] } },
      'the source is empty: no selected file lies in a layer',
    ],
  ])('%s fails and says so', async (_, layers, words) => {
    await expect(toRespectLayers(select(FILES).from('src/model/**'), layers)).rejects.toThrow(words)
  })
})

test('production() and tests() part what ships from what does not', async () => {
  const files = {
    'src/a.ts': ['src/b.ts'],
    'src/b.ts': [],
    'tests/a.test.ts': ['src/a.ts', 'tests/help.ts'],
    'tests/help.ts': [],
  }
  const all = select(files, { '.': { entries: ['src/a.ts'] } })
  const paths = async (selection: typeof all) => (await selection.resolve()).files.map(({ path }) => path)
  expect(await paths(all.production())).toEqual(['src/a.ts', 'src/b.ts'])
  expect(await paths(all.tests())).toEqual(['tests/a.test.ts', 'tests/help.ts'])
  await expect(all.tests().from('src/**').resolve()).rejects.toThrow(
    "the source is empty: imports().tests().from('src/**')",
  )
})
