import { isFirstParty } from '#policy/first-party'
import { expect, test } from 'vitest'
import { spec } from './samples.ts'

const location = { file: 'depgate.config.json' }
const policy = {
  firstParty: [
    { package: spec('@acme/*'), location },
    { package: spec('tool@2'), location },
  ],
}

test.each([
  ['@acme/a', '1.0.0', true, true],
  ['@acme/a', '1.0.0', false, false],
  ['@acme-evil/a', '1.0.0', true, false],
  ['tool', '2.1.0', true, true],
  ['tool', '3.0.0', true, false],
  ['left-pad', '1.0.0', true, false],
])('%s@%s, from a registry of its own: %s', (name, version, own, expected) => {
  expect(isFirstParty(policy, name, version, (asked) => own && asked === name)).toBe(expected)
})

test('an empty list makes nothing first-party', () => {
  expect(isFirstParty({ firstParty: [] }, '@acme/a', '1.0.0', () => true)).toBe(false)
})
