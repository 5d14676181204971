import { expect, test } from 'vitest'
import { licenseSection, splitSections } from '#license/text/sections'

test.each([
  '# Licenses of bundled dependencies',
  '## Third-Party Licenses',
  'Third party bundled dependencies',
  'THIRD-PARTY SOFTWARE NOTICES:',
  '*** Third Party Code Components ***',
  'Bundled libraries',
  'Licenses for the externally maintained libraries',
])('what stands below "%s" is about others', (heading) => {
  expect(splitSections(`MIT\n\n${heading}\n\nrest`)).toEqual({
    own: 'MIT\n\n',
    bundled: `${heading}\n\nrest`,
  })
})

test.each([
  'Third party use of this software',
  'Terms for third parties',
  'Bundled',
  'External use',
  'Restrictions for bundled software',
  'Use in bundled software',
  'Notice: third party software must not be bundled',
  `Bundled ${'software '.repeat(40)}`,
])('"%s" is no such heading', (line) => {
  const text = `MIT\n\n${line}\n\nrest`
  expect(splitSections(text)).toEqual({ own: text })
})

test('a text that begins with such a heading speaks for itself', () => {
  expect(splitSections('\n# Third-party licenses\nMIT')).toEqual({ own: '\n# Third-party licenses\nMIT' })
})

test.each([
  ['## License\nMIT\n## Other\nno', 'MIT\n'],
  ['License:\n========\r\nMIT', 'MIT'],
  ['### **Licence**\nMIT\n#### Details\nmore\n### Next\nno', 'MIT\n#### Details\nmore\n'],
  ['# Licensing\nMIT', 'MIT'],
])('the section below a heading "License"', (readme, section) => {
  expect(licenseSection(readme)).toBe(section)
})

test('further sections about licences belong to it', () => {
  const readme =
    '## License\nMIT\n## Usage\nno\n## Commercial terms\nask us\n## Licence of the logo\nall rights'
  expect(licenseSection(readme)).toBe(
    'MIT\n\n## Commercial terms\nask us\n\n## Licence of the logo\nall rights',
  )
})

test('a README without such a heading says nothing', () => {
  expect(licenseSection('# Licensed to thrill\nMIT')).toBeUndefined()
  expect(licenseSection('License')).toBeUndefined()
})

test.each(['# a\n', '# License\n', '# License\n###### b\n', ' \t', '- ', 'third party '])(
  'a quarter of a MiB of %j takes no time',
  (piece) => {
    const text = piece.repeat(Math.floor(262_144 / piece.length))
    const start = performance.now()
    splitSections(text)
    licenseSection(text)
    expect(performance.now() - start).toBeLessThan(1500)
  },
)

test.each([
  '3rd party licenses',
  'Third parties notices',
  'Vendored code',
  'Externally maintained libraries',
  'Copyright notices for the third-party components',
  'Terms of bundled software',
  'Licences for third party dependencies',
  'Bundled npm and runtime dependencies',
  'Third party license information',
  'Third party license texts',
  '_Third-party attributions_',
  `Bundled ${'software '.repeat(12)}code`,
])('what stands below "%s" is about others as well', (heading) => {
  expect(splitSections(`MIT\n${heading}\nrest`)).toEqual({ own: 'MIT\n', bundled: `${heading}\nrest` })
})

test.each([
  'The bundled software',
  'Bundled software may not be sold',
  'Bundled free software',
  'Third party license prices',
  'Prices for third party software',
  'Licenses by third party software',
  'External software',
  'Third software',
])('"%s" is no such heading either', (line) => {
  expect(splitSections(`MIT\n${line}\nrest`)).toEqual({ own: `MIT\n${line}\nrest` })
})

const heading = (length: number) => `Bundled software${' '.repeat(length - 16)}`

const marked = (length: number) => `# License${' '.repeat(length - 9)}\nMIT`

test('a heading has at most 120 characters', () => {
  expect(splitSections(`MIT\n${heading(120)}\nrest`).bundled).toBeDefined()
  expect(splitSections(`MIT\n${heading(121)}\nrest`).bundled).toBeUndefined()
  expect(licenseSection(marked(120))).toBe('MIT')
  expect(licenseSection(marked(121))).toBeUndefined()
})

test.each([
  ['# Licence\nMIT', 'MIT'],
  ['# Licenses\nMIT', 'MIT'],
  ['# Licensing\nMIT', 'MIT'],
  ['# The License\nMIT', undefined],
  ['# License of Zoe\nMIT', undefined],
  ['###### License ######\nMIT', 'MIT'],
  ['####### License\nMIT', undefined],
  ['   # License\nMIT', 'MIT'],
  ['    # License\nMIT', undefined],
  ['#License\nMIT', undefined],
  ['#\tLicense\nMIT', 'MIT'],
  ['x # License\nMIT', undefined],
  ['License\n---\nMIT', 'MIT'],
  ['License\n===\nMIT', 'MIT'],
  ['License\n--\nMIT', undefined],
  ['License\n==\nMIT', undefined],
  ['License\n--- -\nMIT', undefined],
  ['License\nx---\nMIT', undefined],
  ['\n---\nMIT', undefined],
  ['License\n===\nMIT\nNext\n---\nmore\nLast\n===\nno', 'MIT\nNext\n---\nmore\n'],
  ['License\n---\nMIT\nNext\n===\nno', 'MIT\n'],
  ['## License\nMIT\n### Part\nmore\n# Next\nno', 'MIT\n### Part\nmore\n'],
  [
    '# License\nMIT\n# Commercial\nask\n## Part\nmore\n# Next\nno',
    'MIT\n\n# Commercial\nask\n## Part\nmore\n',
  ],
  ['# License\nMIT\n## Terms\nsee\n# Next\nno\n# Terms\nask', 'MIT\n## Terms\nsee\n\n# Terms\nask'],
  ['# Licence\nMIT\n# Licence of the logo\nask', 'MIT\n\n# Licence of the logo\nask'],
])('the section of %j', (readme, section) => {
  expect(licenseSection(readme)).toBe(section)
})
