import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { RULE_IDS, RULES } from '#model/finding'
import { RULE_TRAITS, severityLine } from '#model/rule-traits'
import { rulePage, rulesList } from '#reporters/rules'

const style = { color: false, width: 80 }

test('the list has every rule once, with its severity and its sentence', () => {
  const list = rulesList(style)
  for (const id of RULE_IDS) {
    const line = list.split('\n').filter((candidate) => candidate.startsWith(`  ${id} `))
    expect(line).toHaveLength(1)
    expect(line[0]?.endsWith(RULE_TRAITS[id].severity)).toBe(true)
    expect(list.replaceAll(/\s+/g, ' ')).toContain(RULES[id])
  }
  expect(list).toMatch(/^licences\n {2}license-not-allowed {2,}deny\n {6}A licence that/)
})

test.each([40, 80, 120])('no line is longer than %d columns, as far as the words allow', (width) => {
  const pages = RULE_IDS.map((id) => readFileSync(resolve('src/policy/rules', `${id}.md`), 'utf8'))
  const prose = pages.map((page) =>
    rulePage(page.replaceAll(/^```[\s\S]*?^```\n/gm, ''), { color: false, width }),
  )
  for (const text of prose.concat(
    width < 80 ? [] : pages.map((page) => rulePage(page, style)),
    rulesList({ color: false, width: Math.max(width, 50) }),
  )) {
    expect(text.split('\n').filter((line) => line.length > Math.max(width, 50))).toEqual([])
  }
})

test('a page: headings without marks, paragraphs wrapped, code indented and untouched', () => {
  const page = `# a-rule\n\nOne sentence that\ngoes on here.\n\n## Example\n\n\`\`\`json\n{\n\n  "a":   1\n}\n\`\`\`\n\n## End\n\nLast.\n`
  expect(rulePage(page, { color: false, width: 20 })).toBe(
    'a-rule\n\nOne sentence that\ngoes on here.\n\nExample\n\n  {\n\n    "a":   1\n  }\n\nEnd\n\nLast.\n',
  )
  expect(rulePage(page, { color: true, width: 20 })).toContain('\u001b[1mExample\u001b[22m')
})

test('what a page says of its severity', () => {
  const traits = { group: 'packages', configurable: false } as const
  expect(severityLine({ ...traits, severity: 'deny' })).toBe(
    'Severity: `deny`, not configurable. No policy key.',
  )
  expect(severityLine({ ...traits, severity: 'deny or warn', key: 'licenses.allow' })).toBe(
    'Severity: `deny` or `warn`, not configurable. Policy key: `licenses.allow`.',
  )
  expect(severityLine({ ...traits, severity: 'off', key: 'packages.ban' })).toBe(
    'Severity: `deny`, not configurable; off without `packages.ban`.',
  )
  expect(
    severityLine({ ...traits, configurable: true, severity: 'warn', key: 'sources.git and sources.url' }),
  ).toBe('Severity: `warn`, set by `sources.git` and `sources.url`.')
})
