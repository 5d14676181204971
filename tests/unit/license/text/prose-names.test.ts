import { expect, test } from 'vitest'
import { licensesNamed } from '#license/text/prose-names'

test.each<[string, string[], string[]]>([
  ['MIT, but see GPL-3.0-only. Also ISC.', ['GPL-3.0-only', 'ISC', 'MIT'], []],
  ['some GPL and some BSD', [], ['bsd', 'gpl']],
  ['the Business Source License', [], ['busl']],
  ['Server Side Public License 1', [], ['sspl']],
  ['Creative Commons Attribution', [], ['creativecommons']],
  ['a creative commons thing', [], ['creativecommons']],
  ['creative, commonsense', [], []],
  ['see https://www.gnu.org/licenses/agpl-3.0.html', [], ['agpl-3.0']],
  ['see https://acme.example/mit', [], []],
  ['', [], []],
])('%j', (prose, ids, families) => {
  expect(licensesNamed(prose)).toEqual({ ids, families })
})

test('only sentences that are heard count', () => {
  expect(licensesNamed('MIT here. ISC there. GPL', (words) => words.includes('here'))).toEqual({
    ids: ['MIT'],
    families: [],
  })
})

test('a sentence has at most 120 words, and one that cannot be read has none', () => {
  expect(licensesNamed(`${'foo '.repeat(119)}MIT`).ids).toEqual(['MIT'])
  expect(licensesNamed(`${'foo '.repeat(120)}MIT`).ids).toEqual([])
  expect(licensesNamed('a\u200Bb MIT\n\nISC').ids).toEqual(['ISC'])
})

test.each([
  ['zoe.\nAnna', ['zoe', 'anna']],
  ['zoe. \t \nanna', ['zoe', 'anna']],
  ['zoe.  Anna! \tOtto?Ruth', ['zoe', 'anna', 'otto ruth']],
  ['zoe. anna', ['zoe anna']],
  ['zoe\nanna', ['zoe anna']],
  ['zoe\n *\n * anna */ otto', ['zoe', 'anna', 'otto']],
  ['zoe | anna|otto', ['zoe', 'anna otto']],
  ['zoe\n * @license', ['zoe', 'license']],
])('%j has the sentences %j', (prose, sentences) => {
  const heard: string[] = []
  licensesNamed(prose, (words) => heard.push(words.join(' ')) < 0)
  expect(heard.filter((sentence) => sentence !== '')).toEqual(sentences)
})
