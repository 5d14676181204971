/** The text witness: what the licence files of a package mean for its verdict. */
import { describe, expect, test } from 'vitest'
import type { Claim, TextClaim } from '#model/claim'
import { createJudge } from '#policy/judge-package'
import { both, exception, facts, fails, judge, mutters, NOW, policy, summary } from './samples.ts'
import { textClaim } from './rules/cases.ts'

const GPL = ['GPL-3.0-only', 'GPL-3.0-or-later']

/** No field states a licence, for this reason. */
function mute(reason: NonNullable<Claim['reason']>, raw?: unknown): Claim[] {
  return [mutters('registry', reason, raw), mutters('installed', reason, raw)]
}

function file(name: string, ...licenses: string[][]): Claim {
  return textClaim({ file: name, sha256: name.padEnd(64, '0'), licenses })
}

function choice(name: string, ...licenses: string[][]): Claim {
  return textClaim({ file: name, sha256: name.padEnd(64, '1'), licenses, choice: true })
}

function pointer(name: string, ...mentions: string[]): Claim {
  return textClaim({ file: name, licenses: [], mentions }, { reason: 'pointer' })
}

/** Names licences and leaves the choice between them. */
function choosing(name: string, ...mentions: string[]): Claim {
  return textClaim({ file: name, licenses: [], mentions, choice: true }, { reason: 'pointer' })
}

function family(name: string, families: string[], mentions: string[] = []): Claim {
  return textClaim({ file: name, licenses: [], mentions, families }, { reason: 'pointer' })
}

function header(name: string, mentions: string[], families: string[] = []): Claim {
  return textClaim({ file: name, role: 'hint', licenses: [], mentions, families }, { reason: 'pointer' })
}

function unknown(name: string, more: Partial<TextClaim> = {}): Claim {
  return textClaim({ file: name, licenses: [], ...more }, { reason: 'unknown-text' })
}

/** Conclusion, licence and what {@link summary} says of claims under `[MIT, ISC]`. */
function concluded(...claims: Claim[]): string {
  const { conclusion, license, ...rest } = judge({ claims })
  return `${conclusion} ${license}: ${summary({ conclusion, license, ...rest })}`
}

/** What {@link summary} says of a declared licence beside a text that nobody knows. */
function besideUnknown(license: string, more: Parameters<typeof judge>[1] = {}): string {
  return summary(judge({ claims: [...both(license), unknown('A')] }, more))
}

describe('where no field states a licence', () => {
  test.each<[string, Claim[], string]>([
    ['one text', [file('LICENSE', ['MIT'])], 'text MIT: pass'],
    ['a text that is not allowed', [file('LICENSE', ['0BSD'])], 'text 0BSD: violation license-not-allowed'],
    [
      'a text that serves an allowed id and another',
      [file('LICENSE', ['MIT', 'X11'])],
      'text MIT: violation license-not-allowed',
    ],
    ['two texts are both needed', [file('A', ['MIT']), file('B', ['ISC'])], 'text ISC AND MIT: pass'],
    [
      'two texts of one file as well',
      [file('A', ['MIT'], ['0BSD'])],
      'text 0BSD AND MIT: violation license-not-allowed',
    ],
    ['a file that leaves the choice', [choice('A', ['MIT'], ['0BSD'])], 'text 0BSD OR MIT: pass'],
    [
      'a choice of which one text stands in another file too',
      [choice('A', ['MIT'], ['0BSD']), file('B', ['0BSD'])],
      'text 0BSD AND MIT: violation license-not-allowed',
    ],
    [
      'a choice beside a file that names one of them',
      [choice('A', ['MIT'], ['0BSD']), pointer('B', '0BSD')],
      'text (0BSD OR MIT) AND 0BSD: violation license-not-allowed',
    ],
    [
      'a choice beside a file that names the one that is allowed',
      [choice('A', ['MIT'], ['0BSD']), pointer('B', 'MIT')],
      'text (0BSD OR MIT) AND MIT: pass',
    ],
    [
      'a choice beside files that name one of them twice',
      [choice('A', ['MIT'], ['0BSD']), pointer('B', '0BSD'), pointer('C', '0BSD')],
      'text (0BSD OR MIT) AND 0BSD: violation license-not-allowed',
    ],
    [
      'a choice beside files that name each of them',
      [choice('A', ['MIT'], ['0BSD']), pointer('B', 'MIT'), pointer('C', '0BSD')],
      'text (0BSD OR MIT) AND 0BSD AND MIT: violation license-not-allowed',
    ],
    [
      'a choice beside a file that names both and leaves it too',
      [choice('A', ['MIT'], ['0BSD']), choosing('B', 'MIT', '0BSD')],
      'text 0BSD OR MIT: pass',
    ],
    [
      'a choice beside a file that names one and says that it leaves a choice',
      [choice('A', ['MIT'], ['0BSD']), choosing('B', '0BSD')],
      'text (0BSD OR MIT) AND 0BSD: violation license-not-allowed',
    ],
    [
      'a choice that another file does not leave',
      [choice('A', ['MIT'], ['0BSD']), file('A', ['MIT'], ['0BSD'])],
      'text 0BSD AND MIT: violation license-not-allowed',
    ],
    [
      'two files that leave different choices',
      [choice('A', ['MIT'], ['0BSD']), choice('B', ['ISC'], ['0BSD'])],
      'text 0BSD AND ISC AND MIT: violation license-not-allowed',
    ],
    ['one pointer', [pointer('README.md', 'MIT')], 'declared MIT: pass'],
    ['a pointer to nothing', [pointer('README.md')], 'unknown null: unknown license-unknown'],
    ['a pointer to a family', [family('A', ['mit'])], 'unknown null: unknown license-unknown'],
    ['a family beside its text', [file('A', ['MIT']), family('B', ['mit'])], 'text MIT: pass'],
    [
      'another family beside a text',
      [file('A', ['MIT']), family('B', ['gpl'])],
      'unknown null: unknown license-unknown',
    ],
    ['a pointer, and the family of it', [pointer('A', 'MIT'), family('B', ['mit'])], 'declared MIT: pass'],
    [
      'a pointer that names another family too',
      [family('A', ['gpl'], ['MIT'])],
      'unknown null: unknown license-unknown',
    ],
    [
      'two pointers say nothing of how they belong together',
      [pointer('README.md', 'MIT', 'ISC')],
      'unknown null: unknown license-unknown',
    ],
    [
      'a pointer to no licence of the list',
      [pointer('README.md', 'House rules')],
      'unknown null: unknown license-unknown license-text-unknown',
    ],
    ['a pointer to the licence of the text', [file('A', ['MIT']), pointer('B', 'MIT')], 'text MIT: pass'],
    [
      'a pointer to another licence than the text',
      [file('A', ['MIT']), pointer('B', '0BSD')],
      'unknown null: unknown license-unknown',
    ],
    [
      'bundled texts say nothing',
      [textClaim({ role: 'bundled', licenses: [['MIT']] })],
      'unknown null: unknown license-unknown',
    ],
    [
      'an unknown text',
      [file('A', ['MIT']), unknown('B')],
      'unknown null: unknown license-unknown license-text-unknown',
    ],
    [
      'an id that the list does not have',
      [file('A', ['House rules'])],
      'unknown null: unknown license-unknown license-text-unknown',
    ],
  ])('%s', (_, texts, expected) => {
    expect(concluded(...mute('absent'), ...texts)).toBe(expected)
    expect(concluded(...texts.toReversed(), ...mute('absent'))).toBe(expected)
  })

  test('several ids are named by the one that grants least', () => {
    const exceptions = [exception('left-pad', ['GPL-3.0-or-later'])]
    for (const ids of [GPL, GPL.toReversed()]) {
      const { license, verdict } = judge(
        { claims: [...mute('absent'), file('COPYING', ids)] },
        { exceptions },
      )
      expect([license, verdict]).toEqual(['GPL-3.0-only', 'pass'])
    }
    const claims = [...mute('absent'), file('LICENSE', ['OFL-1.1-RFN', 'OFL-1.1'])]
    expect(judge({ claims }).license).toBe('OFL-1.1')
  })
})

describe('a text resolves what a field only hints at', () => {
  const MIT = file('LICENSE.md', ['MIT'])
  const BSD = file('BSD.txt', ['BSD-3-Clause'])
  test.each<[string, Claim[], Claim[], string | null]>([
    ['the file it names', mute('see-file', 'SEE LICENSE IN LICENSE.md'), [MIT], 'MIT'],
    ['in other letters', mute('see-file', 'see licence in ./license.MD '), [MIT], 'MIT'],
    ['after two blanks', mute('see-file', 'SEE LICENSE IN  LICENSE.md'), [MIT], 'MIT'],
    ['another file', mute('see-file', 'SEE LICENSE IN LICENSE'), [MIT], null],
    ['a file whose name only begins so', mute('see-file', 'SEE LICENSE IN LICENSE.md.txt'), [MIT], null],
    [
      'the file and one more of the same text',
      mute('see-file', 'SEE LICENSE IN LICENSE.md'),
      [MIT, file('COPYING', ['MIT'])],
      'MIT',
    ],
    ['a see-file without words', mute('see-file'), [MIT], null],
    ['the family it names', mute('ambiguous', 'BSD'), [BSD], 'BSD-3-Clause'],
    ['the family in an old object', mute('ambiguous', { type: 'BSD' }), [BSD], 'BSD-3-Clause'],
    ['the family in a list of one', mute('ambiguous', ['BSD']), [BSD], 'BSD-3-Clause'],
    ['another family', mute('ambiguous', 'GPL'), [BSD], null],
    ['an object without a type', mute('ambiguous', { url: 'BSD' }), [BSD], null],
    ['an object whose type is no text', mute('ambiguous', { type: 3 }), [BSD], null],
    ['a list of two families', mute('ambiguous', ['BSD', 'BSD']), [BSD], null],
    ['nothing', mute('ambiguous', null), [BSD], null],
    ['the family and another number', mute('not-spdx', 'BSD 4 clause'), [BSD], null],
    ['fields that differ', mute('contradictory', { license: 'BSD', licenses: 'GPL' }), [BSD], null],
    ['keys that differ', mute('contradictory', { type: 'BSD', license: 'GPL' }), [BSD], null],
    [
      'a list of which an entry has keys that differ',
      mute('legacy-array', [{ type: 'MIT' }, { type: 'BSD', license: 'GPL' }]),
      [MIT, BSD],
      null,
    ],
    ['prose that names the family', mute('not-spdx', 'The BSD licence'), [BSD], 'BSD-3-Clause'],
    ['prose that says more', mute('not-spdx', 'BSD, but not for you'), [BSD], null],
    ['the family in a value of no known kind', mute('malformed', 'BSD'), [BSD], null],
    ['an address', mute('url', 'https://licence.example/BSD'), [BSD], null],
    ['UNLICENSED', mute('unlicensed', 'UNLICENSED'), [MIT], null],
    [
      'a list, each entry with its text',
      mute('legacy-array', ['MIT', 'BSD']),
      [MIT, BSD],
      'BSD-3-Clause AND MIT',
    ],
    [
      'a list in objects',
      mute('legacy-array', [{ type: 'MIT' }, { type: 'BSD' }]),
      [MIT, BSD],
      'BSD-3-Clause AND MIT',
    ],
    ['a list that misses a text', mute('legacy-array', ['MIT', 'BSD']), [MIT], null],
    ['a list that lacks a text', mute('legacy-array', ['MIT']), [MIT, BSD], null],
    ['a list that names another text of the family', mute('legacy-array', ['BSD-2-Clause']), [BSD], null],
    ['a list that names the very text', mute('legacy-array', ['BSD-3-Clause']), [BSD], 'BSD-3-Clause'],
    ['the family, beside a text of another', mute('ambiguous', 'BSD'), [MIT, BSD], 'BSD-3-Clause AND MIT'],
    ['what should be a list', mute('legacy-array', 'MIT'), [MIT], null],
    [
      'only one of two fields',
      [mutters('registry', 'absent'), mutters('installed', 'url', 'https://licence.example/')],
      [MIT],
      null,
    ],
  ])('%s', (_, claims, texts, expected) => {
    const allow = ['MIT', 'BSD-3-Clause']
    const { license, verdict } = judge({ claims: [...claims, ...texts] }, { allow })
    expect([license, verdict]).toEqual([expected, expected === null ? 'unknown' : 'pass'])
  })
})

describe('beside a declared licence', () => {
  test.each<[string, string, Claim[], string]>([
    ['its own text', 'MIT', [file('A', ['MIT'])], 'declared MIT: pass'],
    ['one of several ids of the text', 'MIT', [file('A', ['X11', 'MIT'])], 'declared MIT: pass'],
    ['an alternative', 'MIT OR 0BSD', [file('A', ['0BSD'])], 'declared MIT OR 0BSD: pass'],
    ['another text that is allowed', 'MIT', [file('A', ['ISC'])], 'conflict null: pass (license-conflict)'],
    ['another text', 'MIT', [file('A', ['0BSD'])], 'conflict null: violation license-conflict'],
    [
      'its own text and another',
      'MIT',
      [file('A', ['MIT']), file('B', ['0BSD'])],
      'conflict null: violation license-conflict',
    ],
    ['a choice that has it', 'MIT', [choice('A', ['MIT'], ['0BSD'])], 'declared MIT: pass'],
    [
      'a choice without it',
      'MIT',
      [choice('A', ['ISC'], ['0BSD'])],
      'conflict null: violation license-conflict',
    ],
    [
      'a choice that another copy of the file does not leave',
      'MIT',
      [choice('A', ['MIT'], ['0BSD']), file('A', ['MIT'], ['0BSD'])],
      'conflict null: violation license-conflict',
    ],
    ['a pointer to it', 'MIT', [pointer('A', 'MIT')], 'declared MIT: pass'],
    ['a pointer elsewhere', 'MIT', [pointer('A', '0BSD')], 'conflict null: violation license-conflict'],
    ['an unknown text', 'MIT', [unknown('A')], 'declared MIT: unknown license-text-unknown'],
    [
      'a text of parts that points elsewhere',
      'MIT',
      [textClaim({ role: 'bundled', licenses: [['ISC']], mentions: ['0BSD'] })],
      'declared MIT: pass',
    ],
    [
      'a text of parts',
      'MIT',
      [textClaim({ role: 'bundled', licenses: [['0BSD']] })],
      'declared MIT: pass (bundled-license-not-allowed)',
    ],
  ])('%s', (_, license, texts, expected) => {
    expect(concluded(...both(license), ...texts)).toBe(expected)
    expect(concluded(...texts.toReversed(), ...both(license))).toBe(expected)
  })

  test('a header that leaves later versions open takes nothing away, one that closes them does', () => {
    const allow = ['GPL-2.0-only', 'GPL-2.0-or-later']
    const narrow = judge({ claims: [...both('GPL-2.0-only'), pointer('A', 'GPL-2.0-or-later')] }, { allow })
    expect(narrow.conclusion).toBe('declared')
    const either = judge(
      { claims: [...both('MIT OR GPL-2.0-only'), pointer('A', 'GPL-2.0-or-later')] },
      { allow: ['MIT'] },
    )
    expect(either.conclusion).toBe('declared')
    const wide = judge({ claims: [...both('GPL-2.0-or-later'), pointer('A', 'GPL-2.0-only')] }, { allow })
    expect(wide.conclusion).toBe('conflict')
    // Of a family each member may be meant: that some of them leave later versions open does not suffice.
    const some = judge(
      { claims: [...both('LGPL-3.0-only'), family('A', ['lgplv2'])] },
      { allow: ['LGPL-3.0-only'] },
    )
    expect(some.conclusion).toBe('conflict')
  })

  test('a licence of somebody’s own has a text that nobody knows, but only where the package passes by it', () => {
    const exceptions = [exception('left-pad', ['LicenseRef-own'])]
    expect(besideUnknown('MIT OR LicenseRef-own')).toBe('unknown license-text-unknown')
    // One more licence in a list takes nothing away: the way through the exception stays.
    expect(besideUnknown('MIT OR LicenseRef-own', { exceptions })).toBe('pass')
    // Without it the text would be unknown, so it is needed.
    const excused = judge({ claims: [...both('MIT OR LicenseRef-own'), unknown('A')] }, { exceptions })
    expect(excused.exceptions).toHaveLength(1)
    const more = [...exceptions, exception('left-pad', ['0BSD'])]
    expect(
      judge({ claims: [...both('MIT OR LicenseRef-own'), unknown('A')] }, { exceptions: more }).exceptions,
    ).toHaveLength(1)
    expect(judge({ claims: both('MIT OR LicenseRef-own') }, { exceptions }).exceptions).toEqual([])
    const claims = [...both('MIT OR LicenseRef-own'), unknown('A'), file('B', ['ISC'])]
    expect(judge({ claims }, { exceptions })).toMatchObject({
      conclusion: 'conflict',
      exceptions: ['left-pad'],
    })
    expect(besideUnknown('LicenseRef-own OR MIT AND LicenseRef-own', { exceptions })).toBe('pass')
    expect(besideUnknown('0BSD OR LicenseRef-own', { exceptions })).toBe('pass')
    expect(besideUnknown('MIT AND LicenseRef-own', { exceptions })).toBe('pass')
    expect(besideUnknown('(0BSD OR MIT) AND LicenseRef-own', { exceptions })).toBe('pass')
    // A way through the own licence that is closed by another part is none.
    expect(besideUnknown('0BSD AND LicenseRef-own OR MIT', { exceptions })).toBe(
      'unknown license-text-unknown',
    )
    expect(besideUnknown('MIT AND LicenseRef-own')).toBe('violation license-not-allowed license-text-unknown')
    expect(besideUnknown('0BSD OR LicenseRef-own')).toBe('violation license-not-allowed license-text-unknown')
    expect(besideUnknown('LicenseRef-own OR DocumentRef-a:LicenseRef-own')).toBe(
      'violation license-not-allowed',
    )
  })

  test('a licence of somebody’s own has a text that nobody knows, but only if all say so', () => {
    const exceptions = [exception('left-pad', ['LicenseRef-own'])]
    const own = both('LicenseRef-own')
    expect(summary(judge({ claims: [...own, unknown('A')] }, { exceptions }))).toBe('pass')
    const [one] = own
    const [other] = both('MIT').toReversed()
    const claims = [one, other, unknown('A')].filter((claim) => claim !== undefined)
    expect(summary(judge({ claims }, { exceptions }))).toBe('unknown (license-conflict) license-text-unknown')
  })
})

describe('files that only name a family, beside a declared licence', () => {
  test.each<[string, Claim[], string]>([
    ['of others', [family('A', ['gpl'])], 'conflict null: violation license-conflict'],
    [
      'of others, in a README',
      [header('README.md', [], ['gpl'])],
      'conflict null: violation license-conflict',
    ],
    ['of it', [family('A', ['mit'])], 'declared MIT: pass'],
    [
      'beside its text',
      [file('A', ['MIT']), family('B', ['gpl'])],
      'conflict null: violation license-conflict',
    ],
    ['and it', [family('A', ['gpl'], ['MIT'])], 'conflict null: violation license-conflict'],
    [
      'of it, and another licence',
      [family('A', ['mit'], ['0BSD'])],
      'conflict null: violation license-conflict',
    ],
    ['that nobody knows', [family('A', ['acme'])], 'declared MIT: unknown license-text-unknown'],
    ...['bsd', 'gnu', 'creativecommons'].map((name): [string, Claim[], string] => [
      `with more members than a licence field may name: ${name}`,
      [family('A', [name])],
      'conflict null: violation license-conflict',
    ]),
  ])('%s', (_, texts, expected) => {
    expect(concluded(...both('MIT'), ...texts)).toBe(expected)
  })

  test.each([
    ['BSD-3-Clause', 'bsd', 'declared'],
    ['GPL-3.0-only', 'gpl', 'declared'],
    ['GPL-3.0', 'gpl', 'declared'],
    ['GPL-2.0+', 'gpl', 'declared'],
    ['LGPL-3.0-only', 'gnu', 'declared'],
    ['MIT OR GPL-2.0-only', 'gpl', 'declared'],
    ['LGPL-3.0-only', 'gpl', 'conflict'],
    ['LicenseRef-GPL-2.0-only', 'gpl', 'conflict'],
  ])('%s, %s: %s', (license, name, conclusion) => {
    expect(judge({ claims: [...both(license), family('A', [name])] }).conclusion).toBe(conclusion)
  })

  test('pass only if each of its members is allowed', () => {
    const claims = [...both('MIT'), family('A', ['apache'])]
    const allow = ['MIT', 'Apache-1.1', 'Apache-2.0']
    expect(summary(judge({ claims }, { allow }))).toBe('violation license-conflict')
    expect(summary(judge({ claims }, { allow: [...allow, 'Apache-1.0'] }))).toBe('pass (license-conflict)')
    const [conflict] = judge({ claims }, { allow }).findings
    expect(conflict?.message).toContain('some Apache licence (A)')
    expect(conflict?.fix).toContain('"Apache-1.0"')
  })

  test('state no licence, even where the family has one member only', () => {
    const claims = [...mute('absent'), family('A', ['upl'])]
    expect(summary(judge({ claims }, { allow: ['UPL-1.0'] }))).toBe('unknown license-unknown')
  })
})

describe('the headers of scripts', () => {
  test.each<[string, Claim[], string]>([
    ['name the declared licence', [header('a.js', ['MIT'])], 'declared MIT: pass'],
    ['name it among others', [header('a.js', ['0BSD', 'MIT'], ['gpl'])], 'declared MIT: pass'],
    ['name another that is allowed', [header('a.js', ['ISC'])], 'conflict null: pass (license-conflict)'],
    ['name another', [header('a.js', ['0BSD'])], 'conflict null: violation license-conflict'],
    [
      'name two others, of which one is not allowed',
      [header('a.js', ['ISC', '0BSD'])],
      'conflict null: violation license-conflict',
    ],
    ['name a family', [header('a.js', [], ['gpl'])], 'conflict null: violation license-conflict'],
    ['name the family of the declared licence', [header('a.js', [], ['mit'])], 'declared MIT: pass'],
    [
      'agree in one script and not in the other',
      [header('a.js', ['MIT']), header('b.js', ['0BSD'])],
      'conflict null: violation license-conflict',
    ],
    ['name nothing that is a licence', [header('a.js', ['House rules'], ['acme'])], 'declared MIT: pass'],
  ])('%s', (_, headers, expected) => {
    expect(concluded(...both('MIT'), ...headers)).toBe(expected)
  })

  test('prove nothing where no field states a licence', () => {
    expect(concluded(...mute('absent'), header('a.js', ['MIT']))).toBe(
      'unknown null: unknown license-unknown',
    )
  })

  test('of a family are told by its name', () => {
    const [conflict] = judge({ claims: [...both('MIT'), header('a.js', ['0BSD'], ['gpl'])] }).findings
    expect(conflict?.message).toContain('0BSD (a.js), some GPL licence (a.js)')
  })

  test('of a family pass only if each of its members is allowed', () => {
    const claims = [...both('MIT'), header('a.js', [], ['upl'])]
    expect(judge({ claims }, { allow: ['MIT', 'UPL-1.0'] }).verdict).toBe('pass')
    expect(judge({ claims }, { allow: ['MIT'] }).verdict).toBe('violation')
  })
})

test('what one text comes to is not taken for what another licence of the same name comes to', () => {
  const allow = ['GPL-3.0-only']
  const declared = facts({ claims: both('GPL-3.0-only') })
  const open = facts({ claims: [...mute('absent'), file('COPYING', GPL)] })
  const judgeOne = createJudge(policy({ allow }), NOW)
  expect([declared, open].map((about) => judgeOne(about).verdict)).toEqual(['pass', 'violation'])
  const judgeOther = createJudge(policy({ allow }), NOW)
  expect([open, declared].map((about) => judgeOther(about).verdict)).toEqual(['violation', 'pass'])
})

test('an exception for UNLICENSED is what such a package passes by; others stay unused', () => {
  const claims = mute('unlicensed', 'UNLICENSED')
  const exceptions = [
    exception('left-pad', ['0BSD']),
    exception('left-pad@1', ['UNLICENSED']),
    exception('left-pad', ['UNLICENSED'], '2026-11-20'),
  ]
  expect(judge({ claims }, { exceptions })).toMatchObject({
    verdict: 'pass',
    leaves: [{ leaf: 'UNLICENSED', allowed: true, why: 'exception "left-pad@1"' }],
    exceptions: ['left-pad@1'],
    findings: [],
    used: { exceptions: [1] },
  })
  expect(judge({ claims }, { exceptions: exceptions.slice(0, 1) }).verdict).toBe('unknown')
})

test('an exception for UNLICENSED is for the word: a text that names a licence has to be allowed too', () => {
  const exceptions = [exception('left-pad', ['UNLICENSED'])]
  const claims = mute('unlicensed', 'UNLICENSED')
  expect(summary(judge({ claims: [...claims, unknown('EULA')] }, { exceptions }))).toBe('pass')
  expect(summary(judge({ claims: [...claims, file('A', ['MIT'])] }, { exceptions }))).toBe('pass')
  for (const text of [file('A', ['0BSD']), pointer('A', '0BSD'), family('A', ['gpl'])]) {
    expect(summary(judge({ claims: [...claims, text] }, { exceptions }))).toBe(
      'violation license-not-allowed',
    )
  }
})

test('a text witness that was not heard leaves the package incomplete', () => {
  expect(summary(judge({ claims: [...both('MIT'), fails('text', 'truncated')] }))).toBe(
    'incomplete metadata-unavailable',
  )
})
