import { expect, test } from 'vitest'
import { saysSomething } from '#license/text/telling-addresses'

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
