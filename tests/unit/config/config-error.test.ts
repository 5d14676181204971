import { formatConfigErrors, printKeyPath, quote } from '#config/config-error'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

test('a key path reads like JavaScript', () => {
  expect(printKeyPath(['licenses', 'exceptions', 3, 'allow', 0])).toBe('licenses.exceptions[3].allow[0]')
  expect(printKeyPath([])).toBe('')
  expect(printKeyPath(['licenses', 'a b'])).toBe('licenses["a b"]')
})

test('place, key, message and fix', () => {
  const error = {
    file: 'depgate.config.json',
    line: 12,
    column: 7,
    key: 'licenses.allow[3]',
    message: 'is wrong',
    fix: 'Do this.\nThen that.',
  }
  expect(formatConfigErrors([error, { file: '<inline>', key: '', message: 'is empty' }])).toBe(
    [
      'depgate.config.json:12:7  licenses.allow[3]: is wrong',
      '  fix: Do this.',
      '  Then that.',
      '<inline>  is empty',
    ].join('\n'),
  )
})

test('nothing out of the file reaches a terminal raw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(quote(text)).toMatch(/^"[\u0020-\u007e…]*"$/)
      expect(printKeyPath([text])).toMatch(/^[\u0020-\u007e…]*$/)
    }),
  )
  expect(quote('\u001b[31m\u202e\u009b')).toBe(String.raw`"\u001b[31m\u202e\u009b"`)
  expect(quote('x'.repeat(1000)).length).toBeLessThan(100)
})
