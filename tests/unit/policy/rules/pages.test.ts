/** The pages of the rules: every policy that they show is one that depgate accepts. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadPolicy } from '#config/load'
import { RULE_IDS } from '#model/finding'

const FOLDER = resolve(import.meta.dirname, '../../../../src/policy/rules')

const examples = RULE_IDS.flatMap((id) => {
  const page = readFileSync(resolve(FOLDER, `${id}.md`), 'utf8')
  return [...page.matchAll(/^```jsonc?\n([\s\S]*?)^```/gm)].map((match): [string, string] => [
    id,
    match[1] ?? '',
  ])
})

test('there are some', () => {
  expect(examples.length).toBeGreaterThan(5)
})

test.each(examples)('%s', (_, text) => {
  const project = mkdtempSync(join(tmpdir(), 'depgate-page-'))
  try {
    writeFileSync(join(project, 'depgate.config.json'), text)
    const loaded = loadPolicy({ project })
    expect(loaded.ok ? '' : loaded.message).toBe('')
  } finally {
    rmSync(project, { recursive: true })
  }
})
