import { nearest } from '#config/nearest'
import { expect, test } from 'vitest'

const keys = ['licenses', 'firstParty', 'network', 'cache', 'deadline']

test.each([
  ['licences', 'licenses'],
  ['LICENSES', 'licenses'],
  ['licneses', 'licenses'],
  ['dedline', 'deadline'],
  ['firstparty', 'firstParty'],
  ['cahce', 'cache'],
])('%s was meant to be %s', (text, expected) => {
  expect(nearest(text, keys)).toBe(expected)
})

test.each(['', 'x', 'packages', 'extends', 'catch-all', 'constructor'])('%j is near to none', (text) => {
  expect(nearest(text, keys)).toBeUndefined()
})

test('of several the nearest', () => {
  expect(nearest('Apache-2.', ['Apache-1.0', 'Apache-2.0', 'Apache-2.0-x'])).toBe('Apache-2.0')
})
