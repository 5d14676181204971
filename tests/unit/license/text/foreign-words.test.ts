import { expect, test } from 'vitest'
import { isTellingAbroad } from '#license/text/foreign-words'

test.each([
  'nicht',
  'interdite',
  'prohibido',
  'запрещено',
  'не',
  '禁止商业使用',
  '금지',
  'עברית',
  '山'.repeat(9),
])('%s may say something', (word) => expect(isTellingAbroad(word)).toBe(true))

test.each(['zoë', 'quandt', 'петров', '山田太郎', 'παπαδόπουλος', 'μwebsockets', 'x2'])(
  '%s may be a name',
  (word) => expect(isTellingAbroad(word)).toBe(false),
)
