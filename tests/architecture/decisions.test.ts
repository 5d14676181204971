/** Every accepted decision, and the threat model, name tests that exist. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const decisions = readdirSync(resolve(ROOT, 'ADRs')).filter((name) => /^\d{4}-.*\.md$/.test(name))

test('there are decisions, numbered without a gap', () => {
  expect(decisions.map((name) => Number(name.slice(0, 4)))).toEqual(decisions.map((_, at) => at + 1))
  expect(decisions.length).toBeGreaterThan(10)
})

test.each(decisions)('%s has its parts and names tests that exist', (name) => {
  const text = readFileSync(resolve(ROOT, 'ADRs', name), 'utf8')
  for (const part of [
    '- Status: ',
    '- Date: ',
    '## Context',
    '## Decision',
    '## Consequences',
    '## Confirmation',
  ]) {
    expect(text).toContain(part)
  }
  const confirmation = text.slice(text.indexOf('## Confirmation'))
  expect(testsNamedIn(confirmation).length).toBeGreaterThan(0)
  expect(missing(testsNamedIn(confirmation))).toEqual([])
})

test('the threat model names tests that exist', () => {
  const named = testsNamedIn(readFileSync(resolve(ROOT, 'docs/threat-model.md'), 'utf8'))
  expect(named.length).toBeGreaterThan(30)
  expect(missing(named)).toEqual([])
})

test('the index lists each of them', () => {
  const index = readFileSync(resolve(ROOT, 'ADRs/README.md'), 'utf8')
  expect(decisions.filter((name) => !index.includes(name))).toEqual([])
})

function testsNamedIn(text: string): string[] {
  return [...text.matchAll(/`(tests\/[^`]+\.ts)`/g)].map((match) => match[1] ?? '')
}

function missing(files: readonly string[]): string[] {
  return files.filter((file) => !existsSync(resolve(ROOT, file)))
}
