import { expect, test } from 'vitest'
import { foldGraph } from '#import-graph/fold-graph'
import { importsSection } from '#reporters/html/imports-section'
import { markupText } from '#reporters/html/markup'
import { importGraph } from '../../../support/import-sketch.ts'
import { importsReport } from '../../../support/imports-report.ts'

const html = (report = importsReport()) => markupText(importsSection(report))
const titles = (text: string) => [...text.matchAll(/<title>([^<]*)<\/title>/g)].map(([, words]) => words)

test('shows who imports whom, and which cells go round', () => {
  const text = html()
  expect(titles(text)).toContain('src/run imports src/model: 3 imports')
  expect(text).toContain('<g class="cell plain s2"><title>src/run imports src/model: 3 imports</title>')
  expect(text).toMatch(
    /<g class="cell round s1"><title>src\/(?:text|model) imports src\/(?:text|model): 1 import; that folder leads here by other files</,
  )
  expect(titles(text)).toContain(
    'src/model imports @acme/types: 1 import; types alone, of which nothing is left when the program runs',
  )
})

test('marks circles of files, and lists them with their way round', () => {
  const text = html()
  expect(text).toContain('<text class="bad"')
  expect(text).toContain('class="self circle"')
  expect(text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')).toContain(
    '2 files src/run/run.ts:3 src/run/step.ts:1 src/run/run.ts',
  )
  const across = foldGraph(importGraph({ 'a/x.ts': ['b/y.ts'], 'b/y.ts': ['a/x.ts'] }))
  expect(html(across).match(/class="cell circle/g)).toHaveLength(2)
})

test('says what is not known', () => {
  expect(html()).toContain(
    'Nobody knows what 1 file imports, or where 1 import by an expression leads, or what is meant by 1 import that leads nowhere.',
  )
  const calm = html(foldGraph(importGraph({ 'a/x.ts': [] })))
  expect(calm).not.toContain('Nobody knows')
  expect(calm).toContain('No file is part of a circle')
})

test('a project without a source file is told', () => {
  expect(html(foldGraph(importGraph({})))).toContain('There is no source file.')
})

const name = (at: number): string => `packages/p${at % 90}/src/x${at}.ts`

test('5,000 files are folded to a picture that stays small', () => {
  const files = Object.fromEntries(
    Array.from({ length: 5000 }, (_, at) => [name(at), [name(at * 7), `package-${at % 300}`, 'node:fs']]),
  )
  const text = html(foldGraph(importGraph(files)))
  expect(text.length).toBeLessThan(500_000)
  expect(text.match(/<g class="cell/g)?.length).toBeLessThan(40 * (40 + 26))
})
