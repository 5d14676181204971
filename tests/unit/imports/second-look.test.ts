/** A circle is one only if the imports that make it are left when the program runs, and so types are enough or not. */
import { describe, expect, test } from 'vitest'
import { openDisk } from '#disk/disk'
import { createParseMany } from '#imports/parse-files'
import type { ParseLane } from '#imports/parse-lane'
import { scanImports } from '#imports/scan'
import { createSecondLook } from '#imports/second-look'
import type { ImportGraph } from '#model/imports'
import { fail, ok } from '#model/outcome'
import { findKnots } from '#policy/imports/cycles'
import { makeProject } from '../collectors/project-folder.ts'
import type { ProjectFiles } from '../collectors/project-folder.ts'
import { cacheIn, laneHere, parse } from './project-files.ts'

/** Scans a project with everything that a run has, in this process. */
async function graphOf(files: ProjectFiles): Promise<ImportGraph> {
  const project = makeProject({ 'package.json': {}, ...files })
  const ports = {
    disk: openDisk(project),
    loadParser: () => Promise.resolve(ok(parse)),
    openLane: () => Promise.resolve(ok(laneHere())),
    goOn: () => true,
  }
  const parseMany = createParseMany({ ...ports, cache: await cacheIn(project), lanes: 1 })
  const scanned = await scanImports(
    { project, goOn: () => true },
    { disk: ports.disk, parse: parseMany, lookAgain: createSecondLook(ports) },
  )
  if (!scanned.ok) throw new Error(scanned.failure.message)
  return scanned.value
}

describe('circles', () => {
  const TYPE = "import { B } from './b'\nexport class A { b?: B }"
  const files: ProjectFiles = { 'a.ts': TYPE, 'b.ts': "import { A } from './a'\nexport class B extends A {}" }
  const knotsOf = async (more: ProjectFiles): Promise<string[]> =>
    findKnots((await graphOf({ ...files, ...more })).files).flatMap((knot) => knot.files)

  test('are none where an import of them is erased', async () => {
    expect(await knotsOf({})).toEqual([])
    expect(await knotsOf({ 'a.ts': `${TYPE}\nnew B()` })).toEqual(['a.ts', 'b.ts'])
    expect(await knotsOf({ 'a.ts': `import './b'\n${TYPE}` })).toEqual(['a.ts', 'b.ts'])
  })

  test.each([
    { verbatimModuleSyntax: true },
    { preserveValueImports: true },
    { importsNotUsedAsValues: 'error' },
  ])('stay where a configuration leaves imports as they are: %o', async (compilerOptions) => {
    expect(await knotsOf({ 'tsconfig.json': { compilerOptions } })).toEqual(['a.ts', 'b.ts'])
  })

  test('of scripts stay', async () => {
    const scripts = {
      'c.js': "import { D } from './d.js'\nexport let C",
      'd.js': "import { C } from './c.js'\nexport let D",
    }
    expect(await knotsOf(scripts)).toEqual(['c.js', 'd.js'])
  })

  test('the licence of a package is not asked less strictly for it', async () => {
    const graph = await graphOf(files)
    const site = graph.files[0]?.imports[0]
    expect(site).toMatchObject({ erased: true, typeOnly: false })
  })
})

describe('packages of which only the types are declared', () => {
  const declared = { devDependencies: { '@types/x': '*' }, dependencies: { y: '*' } }
  const erasedIn = async (files: ProjectFiles): Promise<string[]> =>
    (await graphOf({ 'package.json': declared, ...files })).files.flatMap(({ imports }) =>
      imports.flatMap(({ specifier, erased }) => (erased === true ? [specifier ?? ''] : [])),
    )

  test('are loaded where a name of theirs is used, or none is asked for', async () => {
    expect(await erasedIn({ 'a.ts': "import { T } from 'x'\nlet a: T" })).toEqual(['x'])
    expect(await erasedIn({ 'a.tsx': "import * as x from 'x/sub'\nlet a: x.T" })).toEqual(['x/sub'])
    expect(await erasedIn({ 'a.ts': "import { t } from 'x'\nt()" })).toEqual([])
    expect(await erasedIn({ 'a.ts': "import 'x'" })).toEqual([])
    const compilerOptions = { verbatimModuleSyntax: true }
    const kept = { 'tsconfig.json': { compilerOptions }, 'a.ts': "import { T } from 'x'\nlet a: T" }
    expect(await erasedIn(kept)).toEqual([])
  })

  test('by the root for a workspace as well', async () => {
    const root = { ...declared, workspaces: ['packages/*'] }
    const files = { 'package.json': root, 'packages/a/package.json': { name: 'a' } }
    expect(await erasedIn({ ...files, 'packages/a/i.ts': "import { T } from 'x'\nlet a: T" })).toEqual(['x'])
  })

  test('and no other is looked at for it', async () => {
    expect(await erasedIn({ 'a.ts': "import { T } from 'y'\nlet a: T" })).toEqual([])
    const both = { devDependencies: { '@types/x': '*' }, dependencies: { x: '*' } }
    expect(await erasedIn({ 'package.json': both, 'a.ts': "import { T } from 'x'\nlet a: T" })).toEqual([])
  })
})

describe('what is not sure to do no harm', () => {
  const large = `import { B } from './b'\nlet a: B\n${'f([])\n'.repeat(2_000)}`
  const small = "import { B } from './b'\nlet a: B"
  const project = makeProject({ 'large.ts': large, 'small.ts': small, 'more.ts': `${large}\n` })
  const places = ['large.ts', 'small.ts', 'more.ts', 'gone.ts'].map((path) => ({
    path,
    absolute: `${project}/${path}`,
  }))

  function lookOver(
    lane: Partial<ParseLane>,
    goOn = () => true,
  ): ReturnType<ReturnType<typeof createSecondLook>> {
    const whole: ParseLane = { ...laneHere(), ...lane }
    return createSecondLook({
      disk: openDisk(project),
      loadParser: () => Promise.resolve(ok(parse)),
      openLane: () => Promise.resolve(ok(whole)),
      goOn,
    })(places)
  }

  test('is looked at elsewhere', async () => {
    const asked: string[] = []
    const found = await lookOver({
      parse: (files) => {
        asked.push(...files.map(({ path }) => path))
        return laneHere().parse(files)
      },
    })
    expect(asked).toEqual(['large.ts', 'more.ts'])
    expect(Object.fromEntries(found)).toEqual({
      'large.ts': new Set(['1:19']),
      'small.ts': new Set(['1:19']),
      'more.ts': new Set(['1:19']),
    })
  })

  test('counts as it is written where the parser breaks down over it, and where there is no time or no parser', async () => {
    const broken = await lookOver({ parse: () => Promise.resolve('broken') })
    expect([...broken].filter(([, erased]) => erased.size > 0).map(([path]) => path)).toEqual(['small.ts'])
    expect(await lookOver({}, () => false)).toEqual(new Map())
    const without = createSecondLook({
      disk: openDisk(project),
      loadParser: () => Promise.resolve(fail('parser-missing', 'There is none.')),
      openLane: () => Promise.resolve(fail('parser-missing', 'There is none.')),
      goOn: () => true,
    })
    expect(await without(places)).toEqual(new Map())
  })
})
