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
