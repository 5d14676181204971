import { expect, test } from 'vitest'
import { withoutHidden } from '#license/text/hidden-parts'
import { processorTime } from '../../../support/processor-time.ts'

/** What is left of a text, without blanks. */
function shownOf(text: string): string {
  const shown = withoutHidden(text)
  expect(shown).toHaveLength(text.length)
  expect(shown.split('\n').map(({ length }) => length)).toEqual(text.split('\n').map(({ length }) => length))
  return shown.replaceAll(/\s+/g, ' ').trim()
}

test.each([
  ['a\n```\nx\n```\nb', 'a b'],
  ['a\n~~~\nx\n~~~\nb', 'a b'],
  ['\n```\nx\n```\nb', 'b'],
  ['a\r\n```md\r\nx\r\n```\r\nb', 'a b'],
  ['a\n````\nx\n```\ny\n````\nb', 'a b'],
  ['a\n```\nx\n`````\nb', 'a b'],
  ['a\n```\nx\n~~~\ny\n```\nb', 'a b'],
  ['a\n```\nx\n``` y\nz\n```  \nb', 'a b'],
  ['- a\n    ```\n    x\n    ```\n- b', '- a - b'],
  ['- ```\n  x\n  ```\nb', 'b'],
  ['12. ```js\n    x\n    ```\nb', 'b'],
  ['> ```\n> x\n> ```\nb', 'b'],
  ['a\n```\nx\n   ```\nb', 'a b'],
  ['a\n```\nx\n    ```\ny\n```\nb', 'a b'],
  ['a\n```\nx\n', 'a'],
  ['a\n~~~\nx\n```\ny', 'a'],
  ['```', ''],
  ['a\n```x``` y\nb', 'a ```x``` y b'],
  ['a\n~~~x~~~\nb', 'a'],
  ['a ```\nb', 'a ``` b'],
  ['a\n``\nb', 'a `` b'],
])('of %j a reader is shown no code', (text, shown) => {
  expect(shownOf(text)).toBe(shown)
})

test.each([
  ['a <!-- x --> b', 'a b'],
  ['a <!-- x -->b<!-- y --> c', 'a b c'],
  ['a\n<!--\nx\n\ny\n-->\nb', 'a b'],
  ['a <!-- x', 'a'],
  ['a\n<!--\n## x\n', 'a'],
  ['a <!--> b <!---> c', 'a b c'],
  ['<!----> a', 'a'],
  ['<!-- x -- y --> a', 'a'],
  ['a `<!--` b `-->` c', 'a `<!--` b `-->` c'],
  ['a ``<!--`` b', 'a ``<!--`` b'],
  ['a `b` <!-- x --> c', 'a `b` c'],
  ['a <! -- b -->', 'a <! -- b -->'],
  ['<!-- x -->```\na\n```', '``` a'],
  ['<!--\n```\n-->\na', 'a'],
  ['```\n<!--\n```\na', 'a'],
  ['a\n--> b', 'a --> b'],
])('of %j a reader is shown no comment', (text, shown) => {
  expect(shownOf(text)).toBe(shown)
})

test.each(['```\n', '```x`\n', '~~~ ~\n', '<!--', '`<!--', '<!-- -->', '- ', '> ', '- ```\n', '1. '])(
  'half a million characters of %j take no time',
  (piece) => {
    const text = piece.repeat(Math.floor(524_288 / piece.length))
    expect(
      processorTime(() => {
        withoutHidden(text)
        withoutHidden(`\`\`\`\n${text}`)
        withoutHidden(`${text}\n\`\`\`\n<!--`)
      }),
    ).toBeLessThan(1500)
  },
)
