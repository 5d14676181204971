import * as fc from 'fast-check'
import { createScanner } from 'jsonc-parser'
import { describe, expect, test } from 'vitest'
import { editPolicy } from '#config/edit-policy'
import type { Entry } from '#config/edit-policy'
import { readJson } from '#config/json-source'

const ENTRY: Entry = {
  package: 'copyleft@^1.2.3',
  allow: ['AGPL-3.0-only'],
  reason: 'inside the company only',
  owner: 'platform',
  expires: '2027-02-19',
}
const OTHER: Entry = { ...ENTRY, package: 'other' }

function edited(text: string, entry: Entry = ENTRY, base: string[] = []): string {
  const result = editPolicy(text, base, 'exceptions', entry)
  if (!result.ok) throw new Error(result.problem.message)
  return result.text
}

describe('what a person sees', () => {
  test('a list that is not there yet, in the style of the file', () => {
    const text = '{\n  // ours\n  "licenses": {\n    "allow": ["MIT"] // the usual\n  }\n}\n'
    expect(edited(text)).toBe(`{
  // ours
  "licenses": {
    "allow": ["MIT"], // the usual
    "exceptions": [
      {
        "package": "copyleft@^1.2.3",
        "allow": ["AGPL-3.0-only"],
        "reason": "inside the company only",
        "owner": "platform",
        "expires": "2027-02-19"
      }
    ]
  }
}
`)
  })

  test('tabs, CRLF, trailing commas and comments of the last entry stay', () => {
    const old = JSON.stringify(OTHER)
    const text = `{\r\n\t"licenses": {\r\n\t\t"exceptions": [\r\n\t\t\t${old}, // until spring\r\n\t\t],\r\n\t},\r\n}\r\n`
    const fresh = edited(text)
    expect(fresh).toContain(`${old}, // until spring\r\n\t\t\t{ "package": "copyleft@^1.2.3", `)
    expect(fresh).toContain('"expires": "2027-02-19" },\r\n\t\t],\r\n\t},\r\n}\r\n')
  })

  test('an empty list opens', () => {
    const text = '{\n    "licenses": {\n        "exceptions": []\n    }\n}'
    expect(edited(text)).toContain('"exceptions": [\n            {\n                "package"')
    expect(edited(text)).toContain('            }\n        ]\n    }\n}')
  })

  test('entries that begin on the line of the bracket', () => {
    const text =
      '{\n  "licenses": {\n    "exceptions": [{\n      "package": "other",\n      "allow": ["MIT"]\n    }]\n  }\n}'
    expect(edited(text)).toContain('"allow": ["MIT"]\n    }, {\n      "package": "copyleft@^1.2.3",')
    expect(edited(text)).toMatch(/"expires": "2027-02-19"\n {4}\}\]\n {2}\}\n\}$/)
  })

  test('a policy of one line gets lines, one without blanks stays without', () => {
    expect(edited('{ "extends": "depgate:permissive" }')).toMatch(
      /^\{ "extends": "depgate:permissive",\n {2}"licenses": \{\n {4}"exceptions": \[/,
    )
    expect(edited('{"licenses":{"allow":["MIT"]}}')).toBe(
      `{"licenses":{"allow":["MIT"],"exceptions":[${JSON.stringify(ENTRY)}]}}`,
    )
  })

  test('the key of package.json; what else is there stays', () => {
    const text =
      '{\n  "name": "app",\n  "depgate": { "extends": "depgate:strict" },\n  "licenses": "not ours"\n}\n'
    const value = JSON.parse(edited(text, ENTRY, ['depgate'])) as Record<string, unknown>
    expect(value['depgate']).toEqual({ extends: 'depgate:strict', licenses: { exceptions: [ENTRY] } })
    expect(value['licenses']).toBe('not ours')
  })

  test('a byte order mark stays', () => {
    expect(edited('\uFEFF{}').startsWith('\uFEFF{')).toBe(true)
  })

  test('characters that nobody sees become escapes', () => {
    const fresh = edited('{}', { ...ENTRY, reason: 'a\u202Eb\u2028' })
    expect(fresh).toContain(String.raw`"a\u202eb\u2028"`)
  })
})

const withOld = (old: string) => `{\n  "licenses": {\n    "exceptions": [\n      ${old}\n    ]\n  }\n}\n`

describe('an entry for the same package and range', () => {
  test('is updated in place, value by value: its comments stay', () => {
    const text = withOld(
      '{\n        "package": "copyleft@^1.2.3",\n        "allow": ["AGPL-3.0-only"], // read by legal\n        "reason": "for now",\n        "owner": "platform",\n        "expires": "2026-01-01" // spring\n      }',
    )
    const result = editPolicy(text, [], 'exceptions', ENTRY)
    expect(result).toMatchObject({ ok: true, change: 'updated', line: 4 })
    expect(result.ok && result.text).toBe(
      text.replace('for now', 'inside the company only').replace('2026-01-01', '2027-02-19'),
    )
  })

  test('is left alone if it says so already', () => {
    const text = withOld(JSON.stringify(ENTRY))
    expect(editPolicy(text, [], 'exceptions', ENTRY)).toMatchObject({ change: 'none', text })
  })

  test('with other keys is replaced, but not if that would lose a comment', () => {
    const entry: Entry = { package: 'a@1.0.0', license: 'MIT', file: 'LICENSE', sha256: 'x', reason: 'r' }
    const files = { package: 'a@1.0.0', license: 'MIT', files: [{ file: 'LICENSE', sha256: 'y' }] }
    const text = withOld(JSON.stringify(files)).replace('exceptions', 'clarify')
    const result = editPolicy(text, [], 'clarify', entry)
    expect(result).toMatchObject({ ok: true, change: 'updated' })
    const commented = text.replace('"license"', '/* read twice */ "license"')
    const refused = editPolicy(commented, [], 'clarify', entry)
    expect(refused).toMatchObject({ ok: false, line: 4 })
    expect(!refused.ok && refused.problem.message).toContain('comments that would be lost')
  })

  test('a bare name and the range * are the same', () => {
    const text = withOld(JSON.stringify({ ...OTHER, package: 'copyleft@*' }))
    expect(editPolicy(text, [], 'exceptions', { ...ENTRY, package: 'copyleft' })).toMatchObject({
      change: 'updated',
    })
  })

  test('is not chosen among several', () => {
    const text = withOld(`${JSON.stringify(ENTRY)},\n      ${JSON.stringify(ENTRY)}`)
    const refused = editPolicy(text, [], 'exceptions', ENTRY)
    expect(!refused.ok && refused.problem.message).toContain('in lines 4 and 5')
  })
})

test.each([
  ['{ "licenses": ', 'is not valid JSON'],
  ['[]', 'is not an object'],
  ['{ "licenses": [] }', 'licenses is not an object'],
  ['{ "licenses": { "exceptions": {} } }', 'licenses.exceptions is not a list'],
])('%s is refused', (text, message) => {
  const refused = editPolicy(text, [], 'exceptions', ENTRY)
  expect(!refused.ok && refused.problem.message).toContain(message)
})

describe('whatever the text looks like', () => {
  const trivia = fc.constantFrom(
    '',
    '',
    ' ',
    '  ',
    '\n',
    '\t',
    '\r\n',
    '\n    ',
    '/* c */',
    ' // c\n',
    '//\r\n',
  )
  const gaps = fc.infiniteStream(trivia)
  const flags = fc.infiniteStream(fc.boolean())
  const old = fc.subarray([
    OTHER,
    { ...ENTRY, package: 'a@1' },
    { ...ENTRY, package: '@a/b@^2', reason: 'x // y' },
  ])
  const policies = fc.oneof(
    fc.constant({}),
    fc.constant({ licenses: {} }),
    old.map((exceptions) => ({ extends: 'depgate:strict', licenses: { allow: ['MIT'], exceptions } })),
    old.map((exceptions) => ({ licenses: { exceptions, clarify: [] }, cache: { ttl: '1h' } })),
  )

  test('only the entry is new; every other character and comment stays where it was', () => {
    fc.assert(
      fc.property(policies, gaps, flags, (policy, gap, flag) => {
        const text = written(policy, gap, flag)
        const result = editPolicy(text, [], 'exceptions', ENTRY)
        if (!result.ok) throw new Error(result.problem.message)
        const { value } = source(result.text)
        expect(value).toEqual(withEntry(policy))
        expect(keptTokens(tokens(text), tokens(result.text))).toBe(true)
        expect(result.line).toBe(
          result.text
            .slice(0, result.text.lastIndexOf('{', result.text.indexOf('"copyleft@^1.2.3"')))
            .split('\n').length,
        )
        // What was written stands, so that writing it again changes nothing.
        expect(editPolicy(result.text, [], 'exceptions', ENTRY)).toMatchObject({ change: 'none' })
        // In place: only the value that differs.
        const later = editPolicy(result.text, [], 'exceptions', { ...ENTRY, expires: '2028-01-01' })
        expect(later.ok && later.text).toBe(replaceLast(result.text, '"2027-02-19"', '"2028-01-01"'))
      }),
      { numRuns: 400 },
    )
  })

  test('an edit never throws and never loses a character outside of white space', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (junk) => {
        const result = editPolicy(junk, [], 'exceptions', ENTRY)
        return !result.ok || keptTokens(tokens(junk), tokens(result.text))
      }),
    )
  })
})

function source(text: string) {
  const read = readJson(text)
  if (!read.ok) throw new Error(read.problem.message)
  return read.source
}

function withEntry(policy: { licenses?: { exceptions?: unknown[] } }): unknown {
  const { licenses = {} } = policy
  return { ...policy, licenses: { ...licenses, exceptions: [...(licenses.exceptions ?? []), ENTRY] } }
}

/** JSON with anything that may stand between its tokens, and trailing commas here and there. */
function written(value: unknown, gap: fc.Stream<string>, flag: fc.Stream<boolean>): string {
  const next = (): string => String(gap.next().value ?? '')
  const print = (part: unknown): string => {
    if (typeof part !== 'object' || part === null) return JSON.stringify(part)
    const members = Array.isArray(part)
      ? part.map((item: unknown) => next() + print(item) + next())
      : Object.entries(part).map(
          ([key, item]) => `${next()}${JSON.stringify(key)}${next()}:${next()}${print(item)}${next()}`,
        )
    const comma = members.length > 0 && flag.next().value === true ? `,${next()}` : ''
    const [open, close] = Array.isArray(part) ? '[]' : '{}'
    return `${open}${next()}${members.join(',')}${comma}${next()}${close}`
  }
  return `${next()}${print(value)}${next()}`
}

/** All tokens but white space; comments with their text. */
function tokens(text: string): string[] {
  const scanner = createScanner(text, false)
  const found: string[] = []
  for (let token: number = scanner.scan(); token !== 17; token = scanner.scan()) {
    if (token !== 14 && token !== 15)
      found.push(text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength()))
  }
  return found
}

/** Whether the old tokens are all there in their order, and no comment is new. */
function keptTokens(before: string[], after: string[]): boolean {
  let at = 0
  for (const token of after) if (token === before[at]) at += 1
  return at === before.length && commentCount(after) === commentCount(before)
}

function commentCount(all: string[]): number {
  return all.filter((token) => token.startsWith('/')).length
}

function replaceLast(text: string, from: string, to: string): string {
  const at = text.lastIndexOf(from)
  return text.slice(0, at) + to + text.slice(at + from.length)
}
