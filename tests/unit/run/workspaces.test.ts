import type { Inventory, PackageInstance } from '#model/inventory'
import { expect, test } from 'vitest'
import { policyWorkspaceProblem } from '../../../src/run/workspaces.ts'
import { policy } from '../policy/samples.ts'

const own = (location: string, name: string): PackageInstance => ({
  location,
  name,
  version: '1.0.0',
  source: location === '' ? 'root' : 'workspace',
  installed: true,
  extraneous: false,
  kinds: [],
  workspaces: [],
})
const inventory: Inventory = {
  root: { name: 'app', version: '1.0.0' },
  instances: [
    own('', 'app'),
    { ...own('node_modules/x', 'x'), source: 'registry' },
    own('packages/web', '@acme/web'),
  ],
  edges: [],
  problems: [],
}
const problem = (...workspaces: string[]) =>
  policyWorkspaceProblem(
    inventory,
    policy({
      workspaces: workspaces.map((workspace) => ({
        workspace,
        allow: [],
        location: { file: 'p.json', line: 4 },
      })),
    }),
  )

test('the root and the workspaces are known by their folders', () => {
  expect(problem()).toBeUndefined()
  expect(problem('.', 'packages/web')).toBeUndefined()
})

test('any other folder is an error with its place, also that of an installed package', () => {
  for (const workspace of ['packages/wbe', 'node_modules/x', 'web']) {
    expect(problem('packages/web', workspace)).toBe(
      `p.json:4  licenses.workspaces["${workspace}"]: there is no workspace in this folder\n  fix: Remove it, or write one of ., packages/web.`,
    )
  }
})

test('who writes the name of a workspace is told its folder', () => {
  expect(problem('@acme/web')).toContain('Write its folder, "packages/web".')
})
