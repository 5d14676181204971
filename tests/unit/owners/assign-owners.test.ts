import { expect, test } from 'vitest'
import { assignOwners } from '#owners/assign-owners'
import { finding, packageReport } from '../../support/report.ts'

const ownersOf = (path: string): string[] =>
  ({
    'package.json': ['@root'],
    'packages/web/package.json': ['@web', '@root'],
    'package-lock.json': ['@locks'],
  })[path] ?? []

test('a finding belongs to the workspaces that bring its package in', () => {
  const packages = [
    packageReport('a@1.0.0', { workspaces: ['.', 'packages/web'] }),
    packageReport('b@1.0.0', { workspaces: ['packages/none'] }),
  ]
  const findings = [finding({ package: 'a@1.0.0' }), finding({ package: 'b@1.0.0' })]
  const owned = assignOwners({ findings, packages }, [], ownersOf)
  expect(owned.map(({ owners }) => owners)).toEqual([['@root', '@web'], undefined])
  expect(owned[1]).toBe(findings[1])
})

test('one about an exception belongs to whom the exception names', () => {
  const location = { file: 'depgate.config.json', line: 7 }
  const findings = [
    finding({ rule: 'exception-lapsed', package: 'a@1.0.0', location }),
    finding({ rule: 'allow-unused', location: { ...location, line: 8 } }),
    finding({ rule: 'lockfile-twice', location: { file: 'package-lock.json' } }),
  ]
  const owned = assignOwners(
    { findings, packages: [packageReport('a@1.0.0')] },
    [{ owner: 'platform team', location }],
    ownersOf,
  )
  expect(owned.map(({ owners }) => owners)).toEqual([['platform team'], undefined, ['@locks']])
})
