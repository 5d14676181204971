/** A run and its imports: what is asked, what a failed scan comes to, and what a package's report says of its use. */
import { expect, test } from 'vitest'
import type { ImportGraph } from '#model/imports'
import type { Inventory } from '#model/inventory'
import { fail, ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import type { Policy } from '#model/policy'
import { runImports, unseenUse } from '../../../src/run/imports-run.ts'
import { importRules, sketch, STRICT, tree } from '../../support/import-sketch.ts'
import { policy } from '../policy/samples.ts'

const INVENTORY: Inventory = { root: { name: 'app', version: '1.0.0' }, problems: [], ...tree({ '': [] }) }
const RULES: Policy = { ...policy(), imports: importRules(STRICT) }
const GRAPH = sketch({
  files: { 'a.ts': ['x'], 'packages/w/i.ts': ['y'], 'packages/web/i.ts': ['z'] },
  packages: { '.': {}, 'packages/w': {}, 'packages/web': {} },
})

function run(rules: Policy, scanned: Outcome<ImportGraph>, workspaces: string[] = []) {
  const asked: unknown[] = []
  const scanImports = (globs: unknown) => {
    asked.push(globs)
    return Promise.resolve(scanned)
  }
  const result = runImports({ request: { policy: rules }, inventory: INVENTORY, workspaces }, { scanImports })
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

test('a change is told what it cannot see', () => {
  const place = { kind: 'lockfile' as const, path: '/x' }
  const base = { name: 'main', place, policySha256: null, policyChanges: [], allowsPolicyChange: false }
  const byUse = { policy: policy({ notShipped: ['GPL-3.0-only'] }), base }
  expect(unseenUse(byUse).map(({ code }) => code)).toEqual(['use-not-compared'])
  expect(unseenUse({ policy: byUse.policy })).toEqual([])
  expect(unseenUse({ ...byUse, policy: policy() })).toEqual([])
})
