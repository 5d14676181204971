import { expect, test } from 'vitest'
import { accountFor, shorten } from '#license/text/accounts'
import { knownOf, laidOver, readFile } from './known-texts.ts'
import { INDEX } from './spdx-texts.ts'

const TITLE = 'Zlib license'
const NOTICE = 'Copyright (c) 2020 Holder'
const BODY = 'Permission is hereby granted to any person to use this software subject to the terms below'
const CLOSING = 'End of terms and conditions'
const APPENDIX = 'How to apply these terms to your programs'
const KNOWN = knownOf(
  ['Zlib'],
  [
    ['title', 'zlib license'],
    ['name', 'copyright c year holder'],
    ['body', 'permission is hereby granted to any person to use this software subject to the terms below'],
    ['closing', 'end of terms and conditions'],
    ['appendix', 'how to apply these terms to your programs'],
  ],
)
const WHOLE = [TITLE, NOTICE, BODY, CLOSING, APPENDIX]

function account(lines: readonly string[], known = KNOWN) {
  const file = readFile(lines.join('\n'))
  return accountFor(laidOver(known, file), file, { index: INDEX, known })
}

function objections(lines: readonly string[]): string[] {
  return account(lines).objections
}

test.each([
  ['all of it', WHOLE],
  ['no title', [NOTICE, BODY, CLOSING, APPENDIX]],
  ['no notice', [TITLE, BODY, CLOSING, APPENDIX]],
  ['neither', [BODY, CLOSING, APPENDIX]],
  ['no appendix', [TITLE, NOTICE, BODY, CLOSING]],
  ['nothing behind the body', [TITLE, NOTICE, BODY]],
  ['another holder', [TITLE, 'Copyright (c) 2021 Zoe Quandt', BODY]],
  ['items', [BODY.replace('to use', 'ix to use').replace('subject', 'xi subject')]],
  ['further holders', [TITLE, NOTICE, 'Copyright (c) 2021 Zoe Quandt', BODY]],
  ['a bullet', [TITLE, BODY.replace('to any', 'to a any')]],
  [
    'an address of those who publish it',
    [TITLE, BODY.replace('to any', 'https://opensource.org/faq to any')],
  ],
])('a text has %s', (_, lines) => {
  expect(objections(lines)).toEqual([])
})

test.each([
  ['a word is missing', BODY.replace(' person', ''), 'missing: "person"'],
  ['an address is new', BODY.replace('to any', 'https://acme.example to any'), 'added: "acme.example"'],
  ['a mark is new', BODY.replace('to any', 'to (x any)'), 'added: "x"'],
  ['a word is new', BODY.replace('to any', 'not to any'), 'added: "not"'],
  ['a name is new in the middle', BODY.replace('to any', 'to Zoe any'), 'added: "zoe"'],
  ['a word is another', BODY.replace('any', 'no'), '"no" in place of "any"'],
  ['a word is a bullet', BODY.replace('any', 'a'), '"a" in place of "any"'],
  ['a word is a name', BODY.replace('person', 'Zoe'), '"zoe" in place of "person"'],
  ['bullets are new', BODY.replace('to any', 'to a b any'), 'added: "a b"'],
])('it is said that %s', (_, body, objection) => {
  expect(objections([TITLE, NOTICE, body, CLOSING, APPENDIX])).toEqual([objection])
})

test('an appendix is there as a whole, or not at all', () => {
  expect(objections([TITLE, BODY, CLOSING, 'How to apply these terms'])).toEqual([
    'missing: "to your programs"',
  ])
  expect(objections([TITLE, BODY, CLOSING, 'to your programs'])).toEqual([
    'missing: "how to apply these terms"',
  ])
  expect(objections([TITLE, BODY, APPENDIX])).toEqual(['missing: "end of terms and conditions"'])
  expect(objections([TITLE, BODY, 'End of terms'])).not.toEqual([])
})

test('the holder may be somebody, and nothing that says more', () => {
  const known = knownOf(
    ['Zlib'],
    [
      ['body', 'permission is hereby granted to any person by'],
      ['name', 'holder'],
      ['body', 'subject to the terms below'],
    ],
  )
  const by = (name: string) =>
    account([`Permission is hereby granted to any person by ${name} subject to the terms below`], known)
      .objections
  expect(by('holder')).toEqual([])
  expect(by('Zoe Quandt')).toEqual([])
  expect(by('holder Zoe Quandt')).toEqual([])
  expect(by('Zoe Quandt holder')).toEqual([])
  expect(
    account(['Permission is hereby granted to any person by to the terms below'], known).objections,
  ).toEqual(['missing: "holder subject"'])
  expect(by('those who pay')).toEqual(['"those who pay" in place of "holder"'])
  expect(by('holder those who pay')).toEqual(['added: "those who pay"'])
})

const known = (missing: string) =>
  knownOf(['Zlib'], [['body', `permission is hereby granted ${missing} subject to the terms below`]])

const without = (missing: string) =>
  account(['Permission is hereby granted subject to the terms below'], known(missing)).objections

test('lone bullets and addresses may be missing', () => {
  const address = Array.from({ length: 20_000 }, (_, at) => INDEX.wordOf(at)).find((word) =>
    /^[\w.]+\/\w+$/.test(word),
  )
  expect(address).toBeDefined()
  expect(without('b')).toEqual([])
  expect(without('ii')).toEqual([])
  expect(without('b c')).toEqual(['missing: "b c"'])
  expect(without(`${address}`)).toEqual([])
  expect(without(`${address} ${address}`)).toEqual([])
  expect(without(`${address} not`)).toEqual([`missing: "${address} not"`])
})

test('of titles and names before it only what stands there without a strange word belongs to it', () => {
  const strange = account([TITLE, 'not for sale', NOTICE, BODY])
  expect(strange.objections).toEqual([])
  expect(strange.core.found).toEqual([5, 25])
  expect(strange.core.differences).toEqual([
    { known: [4, 5], found: [7, 8] },
    { known: [22, 35], found: [25, 25] },
  ])
  const before = account([TITLE, NOTICE, 'not for sale', BODY])
  expect(before.core.found).toEqual([9, 25])
  expect(before.objections).toEqual([])
  expect(account(WHOLE).core).toMatchObject({ found: [0, 35], shared: 34 })
})

test('a line for people has at most 24 words', () => {
  const words = Array.from({ length: 25 }, (_, at) => `w${at}`)
  expect(shorten(words.slice(0, 24))).toBe(words.slice(0, 24).join(' '))
  expect(shorten(words)).toBe(`${words.slice(0, 24).join(' ')} …`)
})
