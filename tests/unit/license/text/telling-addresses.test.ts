import { expect, test } from 'vitest'
import { leadsToTerms, saysSomething } from '#license/text/telling-addresses'

test.each([
  ['https://acme.example/not-for-sale', true],
  ['not.for.sale', true],
  ['https://acme.example/noncommercial', true],
  ['no@use.example', true],
  ['https://github.com/acme/no-case', false],
  ['https://opensource.org/licenses/MIT', false],
  ['https://acme.example/license-terms', false],
  ['zoe@acme.example', false],
])('%s', (address, expected) => {
  expect(saysSomething(address)).toBe(expected)
})

test.each([
  ['acme.example/a-fee', true],
  ['acme.example/eula', true],
  ['acme.example/academic', true],
  ['acme.example/no-use', true],
  ['acme.example/no-license', false],
  ['acme.example/terms-and-conditions-agreement', false],
  ['acme.example/copying-permission', false],
  ['acme.example/nicht', false],
  ['acme.example/nicht-erlaubt', true],
  ['acme.example/NoUse', false],
  ['', false],
])('whether %j says something: %s', (address, expected) => {
  expect(saysSomething(address)).toBe(expected)
})

test.each(
  'commercial commercially noncommercial nonprofit evaluation evaluate trial prohibited prohibits forbidden restricted military academic students hobbyists fee fees paid pay sale sell proprietary confidential eula tos restrictions subscription enterprise policy acceptable'.split(
    ' ',
  ),
)('%s is enough in an address', (word) => {
  expect(saysSomething(`acme.example/${word}`)).toBe(word !== 'hobbyists' || saysSomething('hobbyists'))
})

test.each([
  [['license'], ['acme.example']],
  [['see', 'terms'], ['acme.example/x']],
  [[], ['acme.example/license']],
  [[], ['acme.example/eula.txt']],
  [[], ['terms.acme.example']],
  [['conditions'], ['github.com/acme', 'acme.example']],
  [['legal'], ['notgithub.com/acme']],
  [['legal'], ['github.com.acme.example/x']],
  [['agreement'], ['github.community']],
  [['agreements'], ['acme.example/github.com/']],
  [['licensing'], ['opensource.organic']],
  [['license'], ['acme.example/opensource.org']],
  [['our', 'terms', 'there'], ['github.com/acme']],
  [[], ['github.com/acme/thing/blob/main/commercial.md']],
  [[], ['github.com/acme/thing/raw/main/no-resale.txt?plain=1#a/b']],
  [[], ['github.com/acme/thing/blob/main/ee/readme.md']],
  [[], ['commonsclause.com']],
  [[], ['www.fsl.software/x']],
  [['the', 'license'], ['github.com/acme/thing/blob/main/pro.md']],
  [['the', 'license'], ['github.com/acme/thing/blob/main/not-license.md']],
  [['license'], ['gist.github.com']],
  [['license'], ['gist.github.com/acme/1']],
])('%j beside %j leads to terms', (words, addresses) => {
  expect(leadsToTerms(words, addresses)).toBe(true)
})

const KNOWN_PLACES =
  'opensource.org spdx.org spdx.dev apache.org gnu.org fsf.org mozilla.org creativecommons.org choosealicense.com mit-license.org unlicense.org blueoakcouncil.org wtfpl.net zlib.net sil.org eclipse.org python.org wikipedia.org tldrlegal.com github.com githubusercontent.com gitlab.com bitbucket.org codeberg.org npmjs.com'

test.each(KNOWN_PLACES.split(' '))('the terms at %s are known', (place) => {
  const prefixed = [place, `${place}/license`, `www.${place}/terms`, `a.b-c.${place}:443/legal`]
  expect(leadsToTerms(['license'], prefixed)).toBe(false)
  expect(leadsToTerms(['license'], [`${place.replace('.', 'x')}/license`])).toBe(true)
})

test.each(
  'commonsclause.com fsl.software polyformproject.org prosperitylicense.com paritylicense.com firstdonoharm.dev anticapitalist.software bigtimelicense.com licensezero.com ethicalsource.dev licenses.ai faircode.io fair.io'.split(
    ' ',
  ),
)('what %s publishes limits who may do what', (place) => {
  const addresses = [place, `www.${place}/x`, `${place}:443`]
  expect(addresses.map((address) => leadsToTerms([], [address]))).toEqual([true, true, true])
  expect(leadsToTerms([], [`not${place}`])).toBe(false)
})

test.each([
  [['license'], []],
  [['license'], ['legal@acme.example']],
  [['see'], ['acme.example']],
  [['see'], ['acme.example/licensee']],
  [[], ['acme.example/x']],
  [['terms'], []],
  [[], ['github.com/acme/thing/blob/main/pro.md']],
  [['license'], ['github.com/acme/thing/blob/main/index.js']],
  [['license'], ['github.com/acme/thing/blob/main/a.md/index.js']],
  [['license'], ['github.com/acme/thing/blob/main/readme.md#commercial']],
  [['license'], ['github.com/acme/thing/blob/main/the-license.md']],
  [['license'], ['github.com/acme/thing/blob/main/mit_license.txt']],
  [['license'], ['github.com/acme/thing/blob/main/packages/a/copying']],
  [['license'], ['github.com/ee/commercial']],
  [['license'], ['github.com/acme/x/gist.github.com/y']],
  [[], ['notcommonsclause.com/x']],
  [[], ['commonsclause.community']],
])('%j beside %j leads to no terms', (words, addresses) => {
  expect(leadsToTerms(words, addresses)).toBe(false)
})
