import { expect, test } from 'vitest'
import { licenseHints, licenseSection, licenseSections, splitSections } from '#license/text/sections'
import { spdxText } from './spdx-texts.ts'
import { processorTime } from '../../../support/processor-time.ts'

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
    expect(
      processorTime(() => {
        splitSections(text)
        licenseSection(text)
      }),
    ).toBeLessThan(1500)
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

test.each([
  ['a fence', '# Zoe\nMakes READMEs:\n```md\n## License\nMIT\n```\n'],
  ['a fence of tildes', '# Zoe\n~~~\n## License\nMIT\n~~~\n'],
  ['an indented fence', '# Zoe\n- for instance\n\n    ```\n## License\nMIT\n    ```\n'],
  ['a fence without an end', '# Zoe\n```\n## License\nMIT\n'],
  ['a comment', '# Zoe\n<!--\n## License\n\nMIT\n-->\n'],
  ['a comment without an end', '# Zoe\n<!-- \n## License\nMIT\n'],
  ['a comment in a line', '# Zoe\n<!-- x\nLicense\n======\n-->\nMIT'],
])('a heading in %s is none', (_, readme) => {
  expect(licenseSection(readme)).toBeUndefined()
})

test.each([
  ['## Zoe\n## Icons\n### License\nMIT', undefined],
  ['# Zoe\nProprietary software of Acme.\n## Icons\n### License\nMIT', undefined],
  ['Proprietary software of Acme.\n## Icons\n### License\nMIT', undefined],
  ['# Zoe\n# Icons\n### License\nMIT', undefined],
  ['# Zoe\n### Icons\n#### License\nMIT', undefined],
  ['# Zoe\n## About\n### License\nBSD\n## License\nMIT', '### License\nBSD\n\nMIT'],
  ['# Zoe\n### Use\n### License\nMIT', 'MIT'],
  ['# Zoe\n#### License\nMIT', 'MIT'],
  ['\n## Zoe\n#### Use\n#### License\nMIT', 'MIT'],
  ['# Zoe\n### License\nMIT\n## Use\nno', 'MIT\n'],
  ['# Zoe\n# Use\n## License\nMIT', 'MIT'],
  ['### Zoe\n### License\nMIT', 'MIT'],
  ['#### Zoe\n### License\nMIT', 'MIT'],
])('only a heading of the top levels is about the package: %j', (readme, section) => {
  expect(licenseSection(readme)).toBe(section)
})

test.each([
  'Legal',
  'Legal notice',
  'Restrictions',
  'Usage restriction',
  'Terms of use',
  'Proprietary parts',
  'EULA',
  'Copyright',
  'Commercial use',
  'Licensing of the icons',
  'Enterprise edition',
  'Pricing',
  'Personal use',
])('a section "%s" is heard beside the licence, wherever it stands', (limit) => {
  expect(licenseSection(`# Zoe\n## License\nMIT\n## ${limit}\nask`)).toBe(`MIT\n\n## ${limit}\nask`)
  expect(licenseSection(`# Zoe\n## ${limit}\nask\n## License\nMIT`)).toBe(`## ${limit}\nask\n\nMIT`)
  expect(licenseSection(`# Zoe\n# ${limit}\nask\n## License\nMIT`)).toBe(`# ${limit}\nask\n\nMIT`)
})

test.each([
  'Illegal characters',
  'Legality',
  'isRestricted()',
  'Restrict',
  'Disclaimer',
  'Permissions',
  'Usage',
  'neula',
])('a section "%s" is about something else', (other) => {
  expect(licenseSection(`# Zoe\n## ${other}\nask\n## License\nMIT\n## ${other}\nask`)).toBe('MIT\n')
})

test('the title of a package for licences is no section about its licence', () => {
  expect(licenseSection('# license-checker\nChecks.\n## Use\nx\n## License\nMIT')).toBe('MIT')
})

test('what may be hidden is apart from what is shown', () => {
  expect(licenseSections('## License\nMIT\n<!-- a -->\n```\nb\n# c\n```\nd\n## Other\nno')).toEqual({
    shown: 'MIT\n          \n   \n \n   \n   \nd\n',
    whole: 'MIT\n<!-- a -->\n```\nb\n# c\n```\nd\n',
  })
  expect(licenseSections('## License\nMIT')).toEqual({ shown: 'MIT', whole: 'MIT' })
})

test('a limit is heard even where it may stand in code', () => {
  const readme = '## License\nMIT\n## Use\n    ```\n## Restrictions\nask\n    ```\n### More\nno'
  expect(licenseSections(readme)?.whole).toBe('MIT\n\n## Restrictions\nask\n    ```\n')
  expect(licenseSections(`~~~\n# Terms\nask\n~~~\n${readme}`)?.whole).toBe(
    '# Terms\nask\n~~~\n\nMIT\n\n## Restrictions\nask\n    ```\n',
  )
})

test.each([
  'The above grant excludes companies. Commercial use of Acme is prohibited.',
  'The above holds for its README only.',
  'THE\nABOVE is not for companies',
  'Acme itself is proprietary; the licence above covers its README only.',
  'Acme itself is under the GPL-3.0-only:\nGNU GENERAL PUBLIC LICENSE',
  'Above licence: README only.',
  '> The terms\n> above do not hold.',
  'The permission given above has ended.',
  'Acme as a whole is not free.',
  'For our own code you have to pay.',
])('what speaks of the package below such a heading is held against it: %s', (rest) => {
  const text = `MIT\n\nBundled software\n\n${rest}`
  expect(splitSections(text)).toEqual({ own: text })
})

test.each([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-1.1',
  'Apache-2.0',
  'GPL-2.0-only',
  'GPL-3.0-only',
])('the text of %s does not speak of the package below which it stands', (id) => {
  expect(splitSections(`Zoe\n\nBundled software\n\n${spdxText(id)}`).bundled).toBeDefined()
})

test.each([
  'AGPL-3.0-only',
  'Artistic-2.0',
  '0BSD',
  'BSL-1.0',
  'bzip2-1.0.6',
  'CC0-1.0',
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'CDDL-1.0',
  'EPL-1.0',
  'EPL-2.0',
  'ICU',
  'LGPL-2.1-only',
  'LGPL-3.0-only',
  'MPL-1.1',
  'MPL-2.0',
  'OFL-1.1',
  'OpenSSL',
  'Python-2.0',
  'Unicode-DFS-2016',
  'Unlicense',
  'W3C',
  'WTFPL',
  'Zlib',
])('nor does the text of %s', (id) => {
  expect(splitSections(`Zoe\n\nBundled software\n\n${spdxText(id)}`).bundled).toBeDefined()
})

test('others may have terms that differ from those above', () => {
  const text = 'They have their own licenses, which may differ from the terms above.'
  expect(splitSections(`MIT\n\nBundled software\n\n${text}`).bundled).toBeDefined()
})

test.each([
  ['headings in code', '# terms\n', '```\n', '```\n## License\n'],
  ['headings above the licence', '###### terms\n', '', '## License\n'],
  ['deep licences', '### License\n', '## a\n', ''],
  ['comments', '<!-- -->', '', '\n# License\n'],
  ['things above', 'the above ', 'a\nBundled software\n', ''],
  ['texts above', 'the above copyright ', 'a\nBundled software\n', ''],
  ['terms', 'terms a', 'a\nBundled software\n', ''],
])('half a million characters of %s take no time', (_, piece, before, behind) => {
  const text = before + piece.repeat(Math.floor(524_288 / piece.length)) + behind
  expect(
    processorTime(() => {
      splitSections(text)
      licenseSections(text)
      licenseHints(text)
    }),
  ).toBeLessThan(1500)
})

test('a section about limits before that of the licence is whole, whatever lies below it', () => {
  const readme = '# acme\n\n## Pricing\n\n### Firms\n\nPay us.\n\n## License\n\nMIT\n'
  expect(licenseSections(readme)?.shown).toContain('Pay us.')
  expect(licenseSections(readme.replace('# acme\n\n', ''))?.shown).toContain('Pay us.')
})

test('a line across the page is no heading', () => {
  for (const blank of ['', ' \t'])
    expect(licenseSection(`## License\n\nMIT\n${blank}\n---\n\nNot for firms.`)).toContain('Not for firms.')
})
