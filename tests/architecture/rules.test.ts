/** Every rule is one file with a page beside it, and no page promises what the policy does not know. */
import { readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { RULE_IDS as ids, RULES } from '#model/finding'
import { RULE_TRAITS, severityLine } from '#model/rule-traits'
import { expect, test } from 'vitest'

const FOLDER = resolve(import.meta.dirname, '../../src/policy/rules')
const SECTIONS = ['What it protects from', 'Example', 'How to fix', 'How to silence']
const files = readdirSync(FOLDER)

test('each rule has a file and a page, and nothing else lies beside them', () => {
  expect(files.toSorted()).toEqual(ids.flatMap((id) => [`${id}.md`, `${id}.ts`]).toSorted())
})

test.each(ids)('%s: the file raises its own findings and no others', (id) => {
  const text = readFileSync(resolve(FOLDER, `${id}.ts`), 'utf8')
  const raised = [...text.matchAll(/\b(?:deny|warn|raise)\(\s*'([\w-]+)'/g)].map((match) => match[1])
  expect([...new Set(raised)]).toEqual([id])
})

test.each(ids)('%s: the page has its parts, its sentence, its severity and its key', (id) => {
  const page = readFileSync(resolve(FOLDER, `${id}.md`), 'utf8')
  const [title, , sentence, , severity] = page.split('\n')
  expect(title).toBe(`# ${id}`)
  expect(sentence).toBe(RULES[id])
  expect(severity).toBe(severityLine(RULE_TRAITS[id]))
  expect([...page.matchAll(/^## (.*)$/gm)].map((match) => match[1])).toEqual(SECTIONS)
  for (const part of page.split(/^## .*$/m).slice(1)) expect(part.trim().length).toBeGreaterThan(15)
  const code = page.split('```').filter((_, at) => at % 2 === 1)
  expect(code.flatMap((block) => block.split('\n').filter((line) => line.length > 78))).toEqual([])
  expect(page).toMatch(new RegExp(`^(violation|unknown|could not check|warning)  ${id}\\b`, 'm'))
})
