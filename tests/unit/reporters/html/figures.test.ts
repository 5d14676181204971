import { expect, test } from 'vitest'
import {
  bytesText,
  counted,
  dayText,
  durationText,
  figure,
  grouped,
  share,
  timeText,
} from '#reporters/html/figures'

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567, '1,234,567'],
  [12.34, '12.3'],
  [1000.96, '1,001'],
])('%d is %s', (value, text) => expect(figure(value)).toBe(text))

test('times are those of the report, never of the machine', () => {
  expect(dayText('2026-11-02')).toBe('2 Nov 2026')
  expect(timeText('2026-11-21T16:18:13.739Z')).toBe('21 Nov 2026, 16:18 UTC')
  expect(timeText('<b>')).toBe('<b>')
  expect(dayText('2026-13-01')).toBe('2026-13-01')
})

test('counts, durations, sizes, shares', () => {
  expect(counted(1, 'entry', 'entries')).toBe('1 entry')
  expect(counted(2000, 'package')).toBe('2,000 packages')
  expect(grouped('14 of 2222 packages')).toBe('14 of 2,222 packages')
  expect([durationText(812), durationText(12_400), durationText(125_000), durationText(300_000)]).toEqual([
    '0.8 s',
    '12 s',
    '2 min 5 s',
    '5 min',
  ])
  expect([bytesText(4000), bytesText(310_400_000)]).toEqual(['4 kB', '310.4 MB'])
  expect([share(1, 3), share(1, 0)]).toEqual([33.33, 0])
})
