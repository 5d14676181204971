import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { clipped, htmlText, markup, markupText, verbatim } from '#reporters/html/markup'
import { nastyText } from '../../../support/hostile.ts'

/** As a browser reads it back: of entities we write five. */
function decoded(text: string): string {
  const marks: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
  return text.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => marks[name] ?? '')
}

test('no text is markup, wherever it stands', () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      const shown = htmlText(text)
      expect(shown).not.toMatch(/[<>"'\n]|&(?!(?:lt|gt|quot|#39|amp);)|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      expect(htmlText(decoded(shown))).toBe(shown)
      expect(markupText(markup`<p title="${text}">${[text, [text]]}</p>`)).toBe(
        `<p title="${shown}">${shown}${shown}</p>`,
      )
    }),
    { numRuns: 500 },
  )
})

test('markup of ours stays markup; what is absent is nothing', () => {
  const inner = markup`<b>${'a<b'}</b>`
  expect(markupText(markup`<p>${inner}${undefined}${false}${0}${[inner]}</p>`)).toBe(
    '<p><b>a&lt;b</b>0<b>a&lt;b</b></p>',
  )
  expect(markupText(verbatim('<hr>'))).toBe('<hr>')
  expect(markupText(clipped('a'.repeat(10), 4))).toBe('aaaa…')
})

test('layout of the template goes, blanks on a line stay', () => {
  expect(
    markupText(markup`
      <p>a ${'b'} c
      </p>`),
  ).toBe('<p>a b c</p>')
})
