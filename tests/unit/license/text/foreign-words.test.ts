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

test.each([
  ...'не нет нельзя без кроме запрещено только коммерческий некоммерческий использование разрешено лицензия'.split(
    ' ',
  ),
  ...'nichts außer verboten nutzung kommerziell zwecken lizenz'.split(' '),
  ...'pas seulement sauf interdit commerciale autorisé'.split(' '),
  ...'salvo prohibida comercial permiso ningún'.split(' '),
  ...'soltanto vietato commerciali não somente exceto'.split(' '),
  ...'niet geen commercieel inte ikke förbjudet kommersiell'.split(' '),
  ...'tylko zakaz komercyjny'.split(' '),
  ...'禁 止 不 非 仅 僅 只 勿 須 须 必 许 許 商 用 营 營 费 費 付 限 权 権 權 금지 상업 허가 のみ'.split(' '),
  'мин日',
  'aж',
  'жπ',
  'שלום',
  'สวัสดี',
])('%s may say something as well', (word) => expect(isTellingAbroad(word)).toBe(true))

test.each([
  'нета',
  'ане',
  'незабудка',
  'безруков',
  'отзапре',
  'итолько',
  'ålesund',
  'μ',
  'μx',
  'ж1',
  'π2',
  'ж\u0301',
  'コーヒー',
  '김철수',
  '山'.repeat(8),
  'é1',
  '',
])('%j may be a name as well', (word) => expect(isTellingAbroad(word)).toBe(false))
