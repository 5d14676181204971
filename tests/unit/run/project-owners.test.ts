import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withOwners } from '../../../src/run/project-owners.ts'
import { finding, packageReport, runReport } from '../../support/report.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'depgate-owners-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

function ownersIn(project: string): (string[] | undefined)[] {
  const report = runReport({
    packages: [packageReport('a@1.0.0', { workspaces: ['packages/web'] })],
    findings: [finding({ package: 'a@1.0.0' })],
  })
  return withOwners(report, [], join(folder, project)).findings.map(({ owners }) => owners)
}

test('the first file that there is, by the order of GitHub', () => {
  write('.gitlab/CODEOWNERS', '* @gitlab')
  expect(ownersIn('.')).toEqual([['@gitlab']])
  write('CODEOWNERS', '* @root')
  expect(ownersIn('.')).toEqual([['@root']])
  write('.github/CODEOWNERS', '/packages/web/ @web')
  expect(ownersIn('.')).toEqual([['@web']])
})

test('a project inside of a repository is asked for by its path there', () => {
  mkdirSync(join(folder, '.git'))
  write('CODEOWNERS', '* @all\n/apps/shop/packages/web/package.json @shop')
  mkdirSync(join(folder, 'apps/shop'), { recursive: true })
  expect(ownersIn('apps/shop')).toEqual([['@shop']])
})

test('without a repository nothing above the project is read', () => {
  write('CODEOWNERS', '* @stranger')
  mkdirSync(join(folder, 'inside'))
  expect(ownersIn('inside')).toEqual([undefined])
})

test('a file that is a link, a folder or too large owns nothing', () => {
  write('real', '* @linked')
  symlinkSync(join(folder, 'real'), join(folder, 'CODEOWNERS'))
  expect(ownersIn('.')).toEqual([undefined])
  mkdirSync(join(folder, 'docs/CODEOWNERS'), { recursive: true })
  expect(ownersIn('.')).toEqual([undefined])
  write('.github/CODEOWNERS', `* @large\n${'#'.repeat(3 * 1024 * 1024)}`)
  expect(ownersIn('.')).toEqual([undefined])
})
