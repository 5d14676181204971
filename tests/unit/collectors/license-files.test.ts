/** Which files of an installed package are licence files, and that nothing else is ever read. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readLicenseFiles } from '#collectors/license-files'
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
