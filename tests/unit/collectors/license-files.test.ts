/** Which files of an installed package are licence files, and that nothing else is ever read. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isReadme, mayBeLicenseFile, readLicenseFiles } from '#collectors/license-files'
import { makeProject } from './project-folder.ts'
import { openDisk } from '#disk/disk'

const PLACE = 'node_modules/a'

function namesIn(
  files: Record<string, string>,
  hints: { named?: string; readme?: boolean; scripts?: boolean } = {},
) {
  const project = makeProject(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${PLACE}/${name}`, text])),
  )
  return readLicenseFiles(openDisk(project), project, PLACE, { readme: false, ...hints }).map(
    ({ file, role }) => `${file} ${role}`,
  )
}

test('names that speak for the package, names that speak for others, and names that only look so', () => {
  const files = [
    'LICENSE',
    'licence.md',
    'COPYING',
    'UNLICENSE',
    'MIT-LICENSE.txt',
    'license.js',
    'src.ts',
    'NOTICE',
  ]
  const others = [
    'ThirdPartyNotices.txt',
    'LICENSES.chromium.html',
    'licenses/b.txt',
    'index.js',
    'README.md',
  ]
  expect(namesIn(Object.fromEntries([...files, ...others].map((name) => [name, name])))).toEqual([
    'COPYING package',
    'LICENSE package',
    'LICENSES.chromium.html bundled',
    'MIT-LICENSE.txt package',
    'NOTICE bundled',
    'ThirdPartyNotices.txt bundled',
    'UNLICENSE package',
    'licence.md package',
    'licenses/b.txt bundled',
  ])
})

test.each([
  'LICENSING.md',
  'LicenseAgreement.txt',
  'EndUserLicenseAgreement.pdf',
  'COMMERCIAL.md',
  'PROPRIETARY.txt',
  'TERMS.md',
  'TOS.md',
  'COMMONS-CLAUSE.txt',
  'PATENTS',
  'gpl-3.0.txt',
  'AGPLv3.txt',
  'LIZENZ.txt',
  'LICENCIA',
  'LICENÇA.md',
  'LICENSE(commercial).txt',
])('%s speaks for the package', (name) => {
  expect(namesIn({ [name]: 'x' })).toEqual([`${name} package`])
})

test.each([
  'terminal.md',
  'commercials.md',
  'palette.gpl',
  'gplot.txt',
  'patented.md',
  'terms.js',
  'toss.md',
])('%s has only such letters in it', (name) => {
  expect(namesIn({ [name]: 'x' })).toEqual([])
})

test.each([
  'COPYING3',
  'COPYINGv3',
  'copying3.lib',
  'LICENSES',
  'licences',
  'LICENSE2.txt',
  'licence3',
  'LICENSEv2.md',
  'GPL-LICENSE3',
  'EULA',
  'eula.txt',
  'Acme-EULA.pdf',
  'README-LICENSE.txt',
  'README.LICENSE',
])('%s speaks for the package', (name) => {
  expect(namesIn({ [name]: 'x', 'README.md': 'x' }, { readme: true })).toEqual([`${name} package`])
})

test.each([
  'COPYING33',
  'COPYINGS',
  'LICENSE22.txt',
  'ALICENSES',
  'EULAS',
  'neula.txt',
  'EULA.js',
  'licenses2',
])('%s is no licence file', (name) => {
  expect(namesIn({ [name]: 'x' })).toEqual([])
})

test.each(['licenses', 'license', 'LICENSES', 'Licence'])(
  'a folder %s is of what the package carries',
  (name) => {
    const files = { [`${name}/GPL-3.0.txt`]: 'x', [`${name}/b/c.txt`]: 'x', [`${name}/d.js`]: 'x' }
    expect(namesIn(files)).toEqual([`${name}/GPL-3.0.txt bundled`])
    expect(namesIn(files, { named: `${name}/GPL-3.0.txt` })).toEqual([`${name}/GPL-3.0.txt package`])
    expect(mayBeLicenseFile(`${name}/GPL-3.0.txt`)).toBe(true)
    expect(mayBeLicenseFile(`${name}/b/c.txt`)).toBe(false)
  },
)

test('a folder with another name of licence files is not entered', () => {
  expect(namesIn({ 'COPYING/a.txt': 'x', 'LICENSE2/a.txt': 'x', 'notice/a.txt': 'x' })).toEqual([])
})

test('a file that is named like a folder is asked for no more than any other', () => {
  const project = makeProject({ [`${PLACE}/LICENSE`]: 'x', [`${PLACE}/COPYING`]: 'x' })
  const disk = openDisk(project)
  readLicenseFiles(disk, project, PLACE, { readme: false })
  const looksAt = (name: string) => disk.looks().looks.filter((look) => JSON.stringify(look).includes(name))
  expect(looksAt('LICENSE')).toHaveLength(looksAt('COPYING').length)
})

test.each(['', ' \n\t\r\n'])('a licence file with %j in it stands in the way of nothing', (text) => {
  const files = { LICENSE: text, 'README.md': 'x', 'a.js': 'x' }
  expect(namesIn(files, { readme: true, scripts: true })).toEqual([
    'LICENSE package',
    'README.md package',
    'a.js hint',
  ])
  expect(namesIn({ ...files, COPYING: '.' }, { readme: true, scripts: true })).toEqual([
    'COPYING package',
    'LICENSE package',
  ])
})

test.each([
  ['README', true],
  ['readme.md', true],
  ['Readme.Markdown', true],
  ['README.TXT', true],
  ['README.rst', true],
  ['README-LICENSE.txt', false],
  ['README.LICENSE', false],
  ['README.md.txt', false],
  ['README.html', false],
  ['README.de.md', false],
  ['docs/README.md', false],
  ['a-README.md', false],
])('%s as a README: %s', (name, expected) => {
  expect(isReadme(name)).toBe(expected)
})

test('the beginnings of scripts only if they are asked for and nothing speaks for the package', () => {
  const scripts = {
    'a.js': 'x',
    'b.cjs': 'x',
    'c.mjs': 'x',
    'd.js': 'x',
    'e.js': 'x',
    'a.ts': 'x',
    'lib/f.js': 'x',
  }
  expect(namesIn(scripts)).toEqual([])
  expect(namesIn(scripts, { scripts: true })).toEqual(['a.js hint', 'b.cjs hint', 'c.mjs hint', 'd.js hint'])
  expect(namesIn({ ...scripts, NOTICE: 'x' }, { scripts: true })).toContain('a.js hint')
  expect(namesIn({ ...scripts, LICENSE: 'x' }, { scripts: true })).toEqual(['LICENSE package'])
  expect(namesIn({ 'a.js': 'x', 'README.md': 'x' }, { scripts: true, readme: true })).toEqual([
    'README.md package',
    'a.js hint',
  ])
})

test('no more of a script than its beginning, and nothing of what is no file', () => {
  const project = makeProject({ [`${PLACE}/a.js`]: 'x'.repeat(10_000), 'secret.js': '// MIT licensed' })
  symlinkSync(join(project, 'secret.js'), join(project, PLACE, 'b.js'))
  mkdirSync(join(project, PLACE, 'c.js'))
  const files = readLicenseFiles(openDisk(project), project, PLACE, { readme: false, scripts: true })
  expect(files.map((file) => [file.file, 'bytes' in file && file.bytes.length])).toEqual([['a.js', 8192]])
})

test('a README only if it is asked for and nothing speaks for the package', () => {
  expect(namesIn({ 'README.md': 'x' })).toEqual([])
  expect(namesIn({ 'README.md': 'x' }, { readme: true })).toEqual(['README.md package'])
  expect(namesIn({ 'README.md': 'x', NOTICE: 'x' }, { readme: true })).toEqual([
    'NOTICE bundled',
    'README.md package',
  ])
  expect(namesIn({ 'README.md': 'x', LICENSE: 'x' }, { readme: true })).toEqual(['LICENSE package'])
})

test('the file that a field names, inside the package and nowhere else', () => {
  expect(namesIn({ 'docs/terms.txt': 'x' }, { named: 'docs/terms.txt' })).toEqual(['docs/terms.txt package'])
  expect(namesIn({ 'terms.txt': 'x' }, { named: 'terms.txt' })).toEqual(['terms.txt package'])
  expect(namesIn({ 'x.txt': 'x' }, { named: '../../package.json' })).toEqual([])
})

test('a folder that is a link is not entered: what it leads to is not the package', () => {
  const project = makeProject({ 'outside/LICENSE': 'secret', 'node_modules/.keep': '' })
  symlinkSync('../outside', join(project, PLACE))
  expect(readLicenseFiles(openDisk(project), project, PLACE, { readme: false })).toEqual([])
})

test('a link in place of a file is told and not followed', () => {
  const project = makeProject({ 'outside.txt': 'secret' })
  mkdirSync(join(project, PLACE), { recursive: true })
  symlinkSync('../../outside.txt', join(project, PLACE, 'LICENSE'))
  expect(readLicenseFiles(openDisk(project), project, PLACE, { readme: false })).toEqual([
    { file: 'LICENSE', role: 'package', unread: 'a symbolic link' },
  ])
})

test('a folder that cannot be listed may hold anything: that is told', () => {
  const project = makeProject({ 'node_modules/.keep': '' })
  writeFileSync(join(project, PLACE), 'no folder')
  expect(readLicenseFiles(openDisk(project), project, PLACE, { readme: false })).toEqual([
    { file: '.', role: 'package', unread: 'not readable' },
  ])
})

test('a folder of licences that cannot be read may hold anything: that is told', () => {
  const disk = {
    ...openDisk('/p'),
    names: (folder: string) => (folder === '/p/a' ? ['licenses'] : undefined),
    kind: () => 'folder' as const,
    file: () => ({ ok: false, reason: 'denied' }) as const,
  }
  expect(readLicenseFiles(disk, '/p', 'a', { readme: false })).toEqual([
    { file: 'licenses', role: 'bundled', unread: 'not readable' },
  ])
})
