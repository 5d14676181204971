/** The story the tool is for: an AGPL package arrives through another one. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

let scenario: Scenario

beforeEach(async () => {
  scenario = await startScenario({
    dependencies: { middle: '^2.0.0' },
    packages: [
      { name: 'middle', version: '2.0.0', license: 'MIT', dependencies: { copyleft: '^1.2.0' } },
      { name: 'copyleft', version: '1.2.3', license: 'AGPL-3.0-only' },
    ],
  })
})
afterEach(() => scenario.close())

test('it is refused with its path and a snippet; the snippet makes it pass, its lapse refuses it again', async () => {
  const refused = await scenario.depgate()
  expect(refused.code).toBe(1)
  expect(refused.stdout).toContain('app@1.0.0 > middle@2.0.0 > copyleft@1.2.3')
  expect(refused.stdout).toContain('brought in by middle@2.0.0')
  const snippet = snippetIn(refused.stdout)
  expect(snippet).toMatchObject({ package: 'copyleft@^1.2.3', allow: ['AGPL-3.0-only'] })

  paste(snippet)
  const unfilled = await scenario.depgate()
  expect(unfilled.code).toBe(2)
  expect(unfilled.stderr).toMatch(
    /^depgate: depgate\.config\.json:\d+:\d+ {2}licenses\.exceptions\[0\]\.reason: .* is a placeholder/,
  )

  const filled = { ...snippet, reason: 'used inside the company only', owner: 'platform team' }
  paste(filled)
  const accepted = await scenario.depgate()
  expect(accepted.stdout).toContain('pass: all 2 packages may be used')
  expect(accepted.code).toBe(0)

  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  paste({ ...filled, expires: yesterday })
  const lapsed = await scenario.depgate()
  expect(lapsed.code).toBe(1)
  expect(lapsed.stdout).toContain(`lapsed on ${yesterday}`)
  expect(lapsed.stdout).toMatch(/depgate\.config\.json:\d+/)
})

test('an exception no longer covers the package when its licence changes', async () => {
  paste({ package: 'copyleft@*', allow: ['GPL-3.0-only'], reason: 'r', owner: 'o', expires: '2999-01-01' })
  const refused = await scenario.depgate()
  expect(refused.code).toBe(1)
  expect(refused.stdout.replaceAll(/\s+/g, ' ')).toContain('allows GPL-3.0-only, but AGPL-3.0-only was found')
})

test('explain shows claims, the leaf that decided, every path and the fix', async () => {
  const { code, stdout } = await scenario.depgate(['explain', 'copyleft'])
  expect(code).toBe(0)
  for (const part of [
    'copyleft@1.2.3',
    'registry   "AGPL-3.0-only" -> AGPL-3.0-only',
    'installed  "AGPL-3.0-only" -> AGPL-3.0-only',
    'no   AGPL-3.0-only: not in licenses.allow',
    'license-not-allowed (deny)',
    'app@1.0.0 > middle@2.0.0 > copyleft@1.2.3',
    '"allow": [',
  ]) {
    expect(stdout).toContain(part)
  }
})

test('list names each package with its licence', async () => {
  const { code, stdout } = await scenario.depgate(['list'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^copyleft@1\.2\.3 {2}AGPL-3\.0-only {2}production$/m)
  expect(stdout).toMatch(/^middle@2\.0\.0 +MIT {2}production$/m)
})

function snippetIn(text: string): Record<string, unknown> {
  const start = text.indexOf('{')
  return JSON.parse(text.slice(start, text.indexOf('\n        }', start) + 10)) as Record<string, unknown>
}

function paste(exception: Record<string, unknown>): void {
  const file = join(scenario.project.folder, 'depgate.config.json')
  const policy = JSON.parse(readFileSync(file, 'utf8')) as { licenses: { exceptions?: unknown[] } }
  policy.licenses.exceptions = [exception]
  writeFileSync(file, JSON.stringify(policy, undefined, 2))
}
