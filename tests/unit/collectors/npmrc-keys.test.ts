import { expect, test } from 'vitest'
import { npmrcKeys } from '#collectors/npmrc-keys'

test('names keys without values, without tokens and comments', () => {
  const text =
    '; omit=dev\n#x\nlink = true\nomit[]=dev\r\n//registry.example/:_authToken=secret\n@a:registry=https://registry.example\n[section]\nlink=false\nbare\n'
  expect(npmrcKeys(text)).toEqual(['link', 'omit', 'bare'])
})

test('names at most twenty', () => {
  const keys = npmrcKeys(Array.from({ length: 30 }, (_, index) => `k${index}=1`).join('\n'))
  expect(keys).toHaveLength(21)
  expect(keys.at(-1)).toBe('10 more')
})
