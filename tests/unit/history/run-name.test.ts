import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRunId, readRunName, runName } from '#history/run-name'

test('names sort as the runs began', () => {
  const time = fc.date({ min: new Date('1990-01-01'), max: new Date('9999-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(time, time, (a, b) => {
      const [left, right] = [a, b].map((at) => runName(at.toISOString(), 'aaaaaaaa'))
      expect(Math.sign((left ?? '').localeCompare(right ?? '', 'en'))).toBe(Math.sign(Number(a) - Number(b)))
      expect(readRunName(left ?? '')).toEqual({ at: Number(a), id: 'aaaaaaaa' })
    }),
  )
})

test.each(['', '../../etc', 'a b c d e f g h', 'ABCDEFGH', 'x'.repeat(65)])(
  '%j is no id for a name',
  (id) => {
    expect(isRunId(id)).toBe(false)
  },
)

test.each([
  '20261399T000000000Z-aaaaaaaa.run',
  '20261121T000000000Z-aaaaaaaa.run.bak',
  'x20261121T000000000Z-aaaaaaaa.run',
])('%s is no name of ours', (name) => {
  expect(readRunName(name)).toBeUndefined()
})
