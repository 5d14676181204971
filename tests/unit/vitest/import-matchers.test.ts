import { describe, expect, test } from 'vitest'
import { toHaveNoCycles, toNotImport, toOnlyImport } from '#vitest/import-matchers'
import { selectImports } from '#vitest/import-selection'
import { importGraph } from '../../support/import-sketch.ts'
import type { WantedFile } from '../../support/import-sketch.ts'

const select = (files: Record<string, WantedFile>, packages?: Parameters<typeof importGraph>[1]) =>
  selectImports(async () => ({
    graph: importGraph(files, packages),
    inventory: { instances: [], edges: [] },
  }))

const SHOP = {
  'src/domain/order.ts': ['src/domain/item.ts', 'src/model/id.ts', 'zod'],
  'src/domain/item.ts': [],
  'src/model/id.ts': [],
  'src/db/client.ts': ['node:fs/promises', '@acme/db'],
}

describe('toOnlyImport', () => {
  test('passes where every import leads to what is allowed, or to another selected file', async () => {
    const result = await toOnlyImport(select(SHOP).from('src/domain/**'), ['src/model/**', 'zod'])
    expect(result.pass).toBe(true)
    expect(result.message()).toContain(
      "imports().from('src/domain/**') imports nothing but src/model/**, zod",
    )
  })

  test('shows place, import and fix of each that does not', async () => {
    const files = { ...SHOP, 'src/domain/item.ts': ['src/db/client.ts', { to: 'zod', line: 7, column: 19 }] }
    const result = await toOnlyImport(select(files).from('src/domain/**'), ['src/model/**'])
    expect(result.pass).toBe(false)
    expect(result.message())
      .toBe(`depgate  imports().from('src/domain/**') may import nothing but src/model/**: 3 imports do not keep
to it

violation  src/domain/item.ts:1:20
        imports "src/db/client.ts", but may import nothing but src/model/**
  fix   Import what is allowed, move the code to where this may be imported, or add
        "src/db/client.ts" to the list.

violation  src/domain/item.ts:7:19
        imports "zod", but may import nothing but src/model/**
  fix   Import what is allowed, move the code to where this may be imported, or add "zod" to the
        list.

violation  src/domain/order.ts:3:20
        imports "zod", but may import nothing but src/model/**
  fix   Import what is allowed, move the code to where this may be imported, or add "zod" to the
        list.`)
  })

  test.each([
    ['?', 'imports by an expression, so nobody can know what'],
    ['-', 'at which there is nothing'],
    ['^', 'which leads out of the project'],
    ['https://x.example/a.js', 'may import nothing but'],
    ['own:packages/ui', 'may import nothing but'],
    ['node:fs/promises', 'may import nothing but'],
    ['zod-extra', 'may import nothing but'],
    ['src/model.json', 'may import nothing but'],
  ])('does not let %s pass', async (to, words) => {
    const files = { 'src/a.ts': [to], 'src/model/m.ts': ['zod', 'src/a.ts'] }
    const result = await toOnlyImport(select(files).from('src/a.ts'), ['src/model/**', 'node:fs', 'zod'])
    expect(result.pass).toBe(false)
    expect(result.message()).toContain('src/a.ts:1:20')
    expect(result.message().replaceAll(/\s+/g, ' ')).toContain(words)
  })

  test.each([
    ['node:fs/promises', 'node:*'],
    ['@acme/db', '@acme/*'],
    ['@acme/db/deep', '@acme/db'],
    ['eslint-plugin-x', 'eslint-*'],
    ['anything', '*'],
    ['https://x.example/a.js', 'https://x.example/*'],
    ['own:packages/ui', 'packages-ui-is-a-name'],
    ['main.css', './main.css'],
  ])('lets %s pass by %s', async (to, allowed) => {
    const target =
      to === 'own:packages/ui'
        ? { to, target: { kind: 'workspace', name: allowed, location: 'packages/ui' } as const }
        : to === 'main.css'
          ? { to, target: { kind: 'file', path: 'main.css' } as const }
          : to
    const result = await toOnlyImport(select({ 'src/a.ts': [target] }), [allowed])
    expect(result.message()).toContain('imports nothing but')
    expect(result.pass).toBe(true)
  })

  test('counts imports of types', async () => {
    const files = { 'src/a.ts': [{ to: 'src/b.ts', typeOnly: true }], 'src/b.ts': [], 'src/c.ts': [] }
    const result = await toOnlyImport(select(files).from('src/a.ts'), ['src/c.ts'])
    expect(result.pass).toBe(false)
  })

  test('an empty source fails and says so', async () => {
    await expect(toOnlyImport(select(SHOP).from('src/domian/**'), ['src/model/**'])).rejects.toThrow(
      "the source is empty: imports().from('src/domian/**') selects no file",
    )
  })

  test('an empty target fails and says so', async () => {
    const source = select(SHOP).from('src/domain/**')
    await expect(toOnlyImport(source, ['src/modle/**', 'zod', 'zood'])).rejects.toThrow(
      'the target is empty: "src/modle/**", "zood" in the list',
    )
  })

  test('a list that cannot be understood fails', async () => {
    const source = select(SHOP).from('src/domain/**')
    await expect(toOnlyImport(source, ['node:fss'])).rejects.toThrow('"node:fss" is no part of Node')
    await expect(toOnlyImport(source, ['src/{a/**'])).rejects.toThrow('"src/{a/**" opens a brace')
    await expect(toOnlyImport(source, ['two words'])).rejects.toThrow('"two words" is neither')
    expect(() => select(SHOP).from('/src')).toThrow('begins with a slash')
  })

  test('a file whose imports are not known fails, whatever is asked of it', async () => {
    const problem = { code: 'syntax', message: 'A bracket is missing.', line: 4, column: 2 } as const
    const source = select({ 'src/a.ts': { problem }, 'src/b.ts': [] })
    for (const match of [toHaveNoCycles(source), toOnlyImport(source, []), toNotImport(source, ['zod'])]) {
      await expect(match).rejects.toThrow(
        /could not check imports\(\).*src\/a\.ts:4:2\s+A bracket is missing/s,
      )
    }
    expect((await toOnlyImport(source.from('src/b.ts'), [])).pass).toBe(true)
    expect((await toOnlyImport(source.from('src/**', '!src/a.ts'), [])).pass).toBe(true)
  })

  test('hostile names do nothing to a terminal', async () => {
    const files = { 'src/\u001b[2Ja\u202e.ts': [{ to: 'evil\u001b]8;;x' }] }
    const result = await toOnlyImport(select(files), [])
    expect(result.message().replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(result.message()).toContain('src/\ufffd[2Ja\ufffd.ts:1:20')
  })

  test('many breaches are counted', async () => {
    const files = { 'src/a.ts': Array.from({ length: 60 }, (_, at) => `package-${at}`) }
    const text = (await toOnlyImport(select(files), [])).message()
    expect(text).toContain('may import nothing but themselves: 60 imports do not keep to it')
    expect(text).toContain('and 35 more places')
  })
})

describe('toNotImport', () => {
  test('finds what leads there, by path, package, workspace and part of Node', async () => {
    const own = {
      to: 'own:packages/db',
      target: { kind: 'workspace', name: '@acme/db', location: 'packages/db' },
    } as const
    const files = {
      'src/a.ts': ['src/db/x.ts', 'lodash/fp', 'node:fs/promises', 'zod', own, 'packages/db/index.ts'],
      'src/db/x.ts': [],
      'packages/db/index.ts': [],
    }
    const source = select(files, { '.': {}, 'packages/db': {} }).from('src/a.ts')
    const places = async (...banned: string[]) =>
      [...(await toNotImport(source, banned)).message().matchAll(/src\/a\.ts:(\d+)/g)].map(([, line]) =>
        Number(line),
      )
    expect(await places('src/db/**')).toEqual([1])
    expect(await places('lodash', 'moment')).toEqual([2])
    expect(await places('node:fs')).toEqual([3])
    // An own package is imported by the path of one of its files as well.
    expect(await places('@acme/*')).toEqual([5, 6])
    // Nobody knows to which file of the package the first leads.
    expect(await places('packages/db/**')).toEqual([5, 6])
    expect((await toNotImport(source, ['moment', 'node:net'])).pass).toBe(true)
  })

  test('a package may import its own files where others must not import it', async () => {
    const files = { 'packages/db/a.ts': ['packages/db/b.ts'], 'packages/db/b.ts': [] }
    const source = select(files, { '.': {}, 'packages/db': {} })
    expect((await toNotImport(source, ['@acme/db'])).pass).toBe(true)
  })

  test('an expression may lead anywhere', async () => {
    const result = await toNotImport(select({ 'src/a.ts': ['?'] }), ['lodash'])
    expect(result.pass).toBe(false)
    expect(result.message()).toContain('nobody can know what')
  })

  test('a list without a target, or with a glob that means no file, fails', async () => {
    await expect(toNotImport(select(SHOP), [])).rejects.toThrow('the list of targets is empty')
    await expect(toNotImport(select(SHOP), ['src/gone/**'])).rejects.toThrow(
      'the target is empty: "src/gone/**"',
    )
  })
})

describe('toHaveNoCycles', () => {
  const ROUND = {
    'src/a.ts': ['src/b.ts'],
    'src/b.ts': ['zod', 'src/c.ts'],
    'src/c.ts': ['src/a.ts'],
    'src/d.ts': ['src/a.ts'],
  }

  test('shows the way round', async () => {
    const result = await toHaveNoCycles(select(ROUND))
    expect(result.pass).toBe(false)
    expect(result.message()).toContain('violation  src/a.ts:1:20')
    expect(result.message().replaceAll(/\s+/g, ' ')).toContain(
      'is in a circle of 3 files: src/a.ts:1 > src/b.ts:2 > src/c.ts:1 > src/a.ts fix Move',
    )
  })

  test('speaks of selected files only', async () => {
    expect((await toHaveNoCycles(select(ROUND).from('src/d.ts'))).pass).toBe(true)
    expect((await toHaveNoCycles(select(ROUND).from('src/c.ts'))).pass).toBe(false)
  })

  test('a file on the way whose imports are not known may close the circle', async () => {
    const problem = { code: 'binary', message: 'It is no text.' } as const
    const files = { 'src/a.ts': ['src/b.ts'], 'src/b.ts': { problem }, 'src/c.ts': [] }
    await expect(toHaveNoCycles(select(files).from('src/a.ts'))).rejects.toThrow('src/b.ts')
    expect((await toHaveNoCycles(select(files).from('src/c.ts'))).pass).toBe(true)
  })
})

test('in() takes a name or a location', async () => {
  const files = { 'src/a.ts': ['zod'], 'packages/ui/b.ts': ['react'] }
  const all = select(files, { '.': {}, 'packages/ui': {} })
  const paths = async (workspace: string) => (await all.in(workspace).resolve()).files.map(({ path }) => path)
  expect(await paths('@acme/ui')).toEqual(['packages/ui/b.ts'])
  expect(await paths('packages/ui')).toEqual(['packages/ui/b.ts'])
  expect(await paths('.')).toEqual(['src/a.ts'])
  await expect(all.in('gone').resolve()).rejects.toThrow("the source is empty: imports().in('gone')")
})

test('allowingExpressionsIn() lets be what somebody has read, and only that', async () => {
  const all = select({ 'src/a.ts': ['?', 'zod'], 'src/b.ts': ['?'], 'src/c.ts': [] })
  const places = async (selection: typeof all) =>
    [...(await toOnlyImport(selection, [])).message().matchAll(/src\/\w\.ts:\d+/g)].map(([place]) => place)
  expect(await places(all)).toEqual(['src/a.ts:1', 'src/a.ts:2', 'src/b.ts:1'])
  expect(await places(all.allowingExpressionsIn('src/a.ts'))).toEqual(['src/a.ts:2', 'src/b.ts:1'])
  await expect(toOnlyImport(all.allowingExpressionsIn('src/a.ts', 'src/c.ts'), [])).rejects.toThrow(
    'allows expressions in src/c.ts, which means no selected file',
  )
  expect(() => all.allowingExpressionsIn('/a')).toThrow('begins with a slash')
})
