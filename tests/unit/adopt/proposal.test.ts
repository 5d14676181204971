import { policyText } from '#adopt/policy-text'
import { propose } from '#adopt/proposal'
import { withScript } from '#adopt/package-script'
import { workflowFile } from '#adopt/templates'
import { readJson } from '#config/json-source'
import { validatePolicy } from '#config/validate'
import type { PackageReport } from '#model/run-report'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { packageReport } from '../../support/report.ts'

const licensed = (id: string, license: string | null, more: Partial<PackageReport> = {}) =>
  packageReport(id, { license, ...more })

const TREE = [
  licensed('a@1.0.0', 'MIT'),
  licensed('b@1.0.0', 'MIT'),
  licensed('c@1.0.0', 'ISC OR GPL-2.0-only'),
  licensed('d@1.0.0', 'MPL-2.0', { kinds: ['dev'] }),
  licensed('e@1.0.0', 'MPL-2.0', { kinds: ['production'] }),
  licensed('f@1.0.0', 'AGPL-3.0-only', { kinds: ['dev'] }),
  licensed('g@1.0.0', 'MIT AND AGPL-3.0-only', { kinds: ['production', 'dev'] }),
  licensed('h@1.0.0', null),
]

function policyOf(text: string) {
  const read = readJson(text)
  if (!read.ok) throw new Error(read.problem.message)
  return validatePolicy(read.source.value, { file: 'depgate.config.json' })
}

test('groups where they suffice, and the rest one by one with who has it', () => {
  expect(propose(TREE)).toEqual({
    allow: ['group:permissive'],
    dev: ['group:weak-copyleft', 'group:content'],
    common: [
      { license: 'MIT', packages: 2 },
      { license: 'ISC OR GPL-2.0-only', packages: 1 },
      { license: 'MPL-2.0', packages: 1 },
    ],
    candidates: [
      { license: 'AGPL-3.0-only', packages: ['f@1.0.0'], devOnly: true },
      { license: 'MIT AND AGPL-3.0-only', packages: ['g@1.0.0'], devOnly: false },
      { license: 'MPL-2.0', packages: ['e@1.0.0'], devOnly: false },
    ],
    unclear: ['h@1.0.0'],
  })
})

describe('the policy file', () => {
  test('is valid, and allows what stands as a comment once the slashes are gone', () => {
    const text = policyText(propose(TREE))
    expect(policyOf(text)).toMatchObject({ ok: true })
    const decided = text.replaceAll(/^(\s*)\/\/ ("[^"]+", \/\/)/gm, '$1$2')
    expect(decided).not.toBe(text)
    expect(policyOf(decided)).toMatchObject({
      ok: true,
      policy: {
        licenses: {
          allow: expect.arrayContaining(['MPL-2.0', 'MIT']) as string[],
          scopes: { dev: expect.arrayContaining(['AGPL-3.0-only', 'CC-BY-4.0']) as string[] },
        },
      },
    })
    expect(text).toContain('// MIT AND AGPL-3.0-only: g@1.0.0')
  })

  test('of a tree without anything is what most projects begin with', () => {
    expect(policyOf(policyText(propose([])))).toMatchObject({ ok: true })
  })

  test('with everything that an import can bring is valid', () => {
    const text = policyText(propose(TREE, { allow: ['MIT'], dev: [] }), {
      sources: ['.licensee.json'],
      exceptions: [{ package: 'e', allow: ['MPL-2.0'], reason: 'r', owner: 'o', expires: '2027-01-01' }],
      clarify: [{ package: 'h@1', license: 'MIT', file: 'LICENSE', sha256: 'a'.repeat(64), reason: 'r' }],
      ban: [{ package: 'evil', reason: 'r' }],
      lost: [],
    })
    expect(policyOf(text)).toMatchObject({ ok: true, policy: { packages: { ban: [{ reason: 'r' }] } } })
  })

  test('no name or licence gets out of its comment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (id, license) => {
        const odd = { ...propose(TREE), candidates: [{ license, packages: [id], devOnly: false }] }
        expect(policyOf(policyText(odd))).toMatchObject({ ok: true })
      }),
    )
  })
})

const add = (text: string) => withScript(text, 'test:arch', 'vitest run tests/architecture')

describe('the script in package.json', () => {
  test.each<[string, string, string]>([
    [
      'tabs',
      '{\n\t"name": "a",\n\t"scripts": {\n\t\t"b": "c"\n\t},\n\t"z": 1\n}\n',
      '\t\t"b": "c",\n\t\t"test:arch": "vitest run tests/architecture"\n\t},\n\t"z": 1\n}\n',
    ],
    [
      'line ends',
      '{\r\n  "scripts": {\r\n    "b": "c"\r\n  }\r\n}',
      '"c",\r\n    "test:arch": "vitest run tests/architecture"\r\n  }\r\n}',
    ],
    [
      'no scripts',
      '{\n    "name": "a"\n}\n',
      '"a",\n    "scripts": {\n        "test:arch": "vitest run tests/architecture"\n    }\n}\n',
    ],
    [
      'empty scripts',
      '{\n  "scripts": {}\n}\n',
      '"scripts": {\n    "test:arch": "vitest run tests/architecture"\n  }\n}\n',
    ],
    ['one line', '{"name":"a"}', ',"scripts":{"test:arch":"vitest run tests/architecture"}}'],
  ])('%s stay', (_what, before, end) => {
    const added = add(before)
    if (added.kind !== 'text') throw new Error(added.kind)
    expect(added.text.endsWith(end)).toBe(true)
    expect(JSON.parse(added.text)).toMatchObject({
      scripts: { 'test:arch': 'vitest run tests/architecture' },
    })
    expect(add(added.text)).toEqual({ kind: 'there', script: 'vitest run tests/architecture' })
  })

  test('one of that name is left alone, and what is no package.json too', () => {
    expect(add('{"scripts":{"test:arch":"x"}}')).toEqual({ kind: 'there', script: 'x' })
    for (const text of ['', '[]', '{"scripts":[]}', '{ // x\n}', '{"a":1,}'])
      expect(add(text)).toEqual({ kind: 'unfit' })
  })
})

describe('workflows', () => {
  test.each(['github', 'gitlab'] as const)('%s: YAML that runs nothing of the checkout', (type) => {
    const { text } = workflowFile(type, '1.2.3')
    expect(parse(text)).toBeTypeOf('object')
    expect(text).toMatch(/depgate@1\.2\.3|DEPGATE_VERSION: 1\.2\.3/)
    expect(text).toContain('--ignore-scripts')
    expect(text).not.toMatch(
      /npx|npm ci|npm run|\$\{\{ *github\.(head_ref|event\.pull_request\.(title|head))/,
    )
  })
})
