/** A run and its imports: what is asked, what a failed scan comes to, and what a package's report says of its use. */
import { describe, expect, test } from 'vitest'
import type { ImportGraph } from '#model/imports'
import type { Inventory } from '#model/inventory'
import { fail, ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import type { Policy } from '#model/policy'
import { runImports } from '../../../src/run/imports-run.ts'
import type { ImportsRun } from '../../../src/run/imports-run.ts'
import { importGraph, importRules, STRICT, tree } from '../../support/import-sketch.ts'
import { policy } from '../policy/samples.ts'

const INVENTORY: Inventory = { root: { name: 'app', version: '1.0.0' }, problems: [], ...tree({ '': [] }) }
const RULES: Policy = { ...policy(), imports: importRules(STRICT) }
const GRAPH = importGraph(
  { 'a.ts': ['x'], 'packages/w/i.ts': ['y'], 'packages/web/i.ts': ['z'] },
  { '.': {}, 'packages/w': {}, 'packages/web': {} },
)

const noBase = () => Promise.reject(new Error('there is no base'))

function run(rules: Policy, scanned: Outcome<ImportGraph>, workspaces: string[] = []) {
  const asked: unknown[] = []
  const scanImports = (globs: unknown) => {
    asked.push(globs)
    return Promise.resolve(scanned)
  }
  const result = runImports(
    { request: { policy: rules }, inventory: INVENTORY, workspaces },
    { scanImports, scanBase: noBase },
  )
  return { asked, result }
}

test('nothing is scanned unless the policy asks for it', async () => {
  const { asked, result } = run(policy(), ok(GRAPH))
  expect(await result).toBeUndefined()
  expect(asked).toEqual([])
})

async function told(workspaces: string[]) {
  return (await run(RULES, ok(GRAPH), workspaces).result)?.findings.map(({ location }) => location?.file)
}

test('findings of the workspaces that were asked for', async () => {
  expect(await told([])).toEqual(['a.ts', 'packages/w/i.ts', 'packages/web/i.ts'])
  expect(await told(['packages/w'])).toEqual(['packages/w/i.ts'])
  expect(await told(['.'])).toEqual(['a.ts'])
})

test('a scan that failed could not check, and everything ships', async () => {
  const known = await run(RULES, fail('deadline', 'The time was over.')).result
  expect(known?.findings).toMatchObject([
    {
      rule: 'import-unreadable',
      verdict: 'incomplete',
      message: 'nobody knows what the project imports: the time was over',
    },
  ])
  expect(known?.useOf(['node_modules/x'])).toMatchObject({ shipped: true })
  expect(known?.refused).toBeUndefined()
})

test('without a parser the request is refused', async () => {
  const known = await run(RULES, fail('parser-missing', 'There is none.', { fix: 'Install it.' })).result
  expect(known?.refused).toMatchObject({ code: 'parser-missing', fix: 'Install it.' })
})

/** A graph with a file that nobody can read. */
const broken = (sha256: string): ImportGraph => ({
  ...GRAPH,
  files: [
    {
      path: 'b.ts',
      workspace: '.',
      sha256,
      imports: [],
      problem: { code: 'syntax', message: 'It cannot be parsed.' },
    },
  ],
})

describe('a change', () => {
  const base = {
    name: 'main',
    place: { kind: 'commit' as const, commit: '0'.repeat(40), tip: '0'.repeat(40), prefix: '' },
    policySha256: null,
    policyChanges: [],
    allowsPolicyChange: false,
  }
  const WORSE = importGraph(
    { 'a.ts': ['x', 'new'], 'packages/w/i.ts': ['y'], 'packages/web/i.ts': ['z'] },
    { '.': {}, 'packages/w': {}, 'packages/web': {} },
  )

  async function compared(
    head: ImportGraph,
    before: Outcome<ImportGraph> | undefined,
    rules: Policy = RULES,
  ): Promise<ImportsRun> {
    const known = await runImports(
      { request: { policy: rules, base }, inventory: INVENTORY, before: () => INVENTORY, workspaces: [] },
      { scanImports: () => Promise.resolve(ok(head)), scanBase: () => Promise.resolve(before) },
    )
    if (known === undefined) throw new Error('nothing was asked')
    return known
  }

  test('is told of what it brings, and of nothing that was there before', async () => {
    expect((await compared(GRAPH, ok(GRAPH))).findings).toEqual([])
    const { findings, usedBefore } = await compared(WORSE, ok(GRAPH))
    expect(findings).toMatchObject([{ rule: 'import-undeclared', package: 'new' }])
    expect(usedBefore).toBeDefined()
  })

  test('is told again of a file that nobody can read, unless it is the same to the byte', async () => {
    expect((await compared(broken('1'), ok(broken('1')))).findings).toEqual([])
    expect((await compared(broken('2'), ok(broken('1')))).findings).toMatchObject([
      { rule: 'import-unreadable', location: { file: 'b.ts' } },
    ])
  })

  test('whose base cannot be scanned could not be checked, and everything ships', async () => {
    const known = await compared(GRAPH, fail('git-failed', 'git ls-tree did not answer.'))
    expect(known.findings).toMatchObject([
      {
        rule: 'import-unreadable',
        verdict: 'incomplete',
        message: 'nobody knows what the project imports: in the base, main: git ls-tree did not answer',
      },
    ])
    expect(known.useOf(['node_modules/x']).shipped).toBe(true)
    expect(known.usedBefore).toBeUndefined()
  })

  test('since a lockfile is told of everything, with a warning; where a licence depends on use it is refused', async () => {
    const known = await compared(GRAPH, undefined)
    expect(known.findings).toHaveLength(3)
    expect(known.warnings.map(({ code }) => code)).toEqual(['imports-not-compared'])
    expect(known.refused).toBeUndefined()
    const byUse = await compared(GRAPH, undefined, {
      ...policy({ notShipped: ['MIT'] }),
      imports: importRules(STRICT),
    })
    expect(byUse.refused).toMatchObject({ code: 'base-without-sources' })
  })
})
