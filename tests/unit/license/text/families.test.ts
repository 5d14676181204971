import { expect, test } from 'vitest'
import {
  familyNames,
  familyOfAddress,
  idsOfFamily,
  isFamily,
  isOfFamily,
  licenseAt,
} from '#license/text/families'

test.each([
  ['rpl', ['RPL-1.1', 'RPL-1.5']],
  ['artistic', ['Artistic-1.0', 'Artistic-1.0-Perl', 'Artistic-1.0-cl8', 'Artistic-2.0', 'Artistic-dist']],
  ['wtfpl', ['WTFPL']],
  ['isc', ['ISC', 'ISC-Veillard']],
  ['qpl', ['QPL-1.0', 'QPL-1.0-INRIA-2004']],
  ['sspl', ['SSPL-1.0']],
  ['agplv3', ['AGPL-3.0-only', 'AGPL-3.0-or-later']],
  ['lgplv2', ['LGPL-2.0-only', 'LGPL-2.0-or-later', 'LGPL-2.1-only', 'LGPL-2.1-or-later']],
])('%s is a family, whose members are %j', (family, ids) => {
  expect(isFamily(family)).toBe(true)
  expect(idsOfFamily(family)).toEqual(expect.arrayContaining(ids))
  expect(idsOfFamily(family).filter((id) => !/[+]|^[AL]*GPL-[\d.]+$/.test(id))).toEqual(ids)
})

test.each([
  [['gpl'], ['gpl']],
  [
    ['under', 'gnu', 'gpl'],
    ['gnu', 'gpl'],
  ],
  [['lesser', 'gpl'], ['lesser']],
  [
    ['gnu', 'lesser', 'gpl', 'mpl'],
    ['lesser', 'mpl'],
  ],
  [['gnu', 'affero', 'gpl'], ['affero']],
  [
    ['lesser', 'agpl'],
    ['lesser', 'agpl'],
  ],
])('%j names the families %j', (words, families) => {
  expect(familyNames(words)).toEqual(families)
})

test.each([
  ['https://opensource.org/licenses/mit', 'mit'],
  ['HTTPS://WWW.OpenSource.org/licenses/MIT/', 'mit'],
  ['http://www.spdx.org/licenses/ISC.html', 'isc'],
  ['opensource.org/licenses/mit//', 'mit'],
  ['https://opensource.org/licenses/apache-2-0', 'apache-2.0'],
  ['https://opensource.org/license/bsd-3-clause', 'bsd-3-clause'],
  ['https://creativecommons.org/licenses/by-nc-sa/4.0/', 'cc-by-nc-sa-4.0'],
  ['https://www.gnu.org/licenses/old-licenses/gpl-2.0.en.html', 'gpl-2.0'],
  ['https://www.gnu.org/licenses/agpl.html', 'agpl'],
  ['https://acme.example/licenses/agpl.html', undefined],
  ['opensource.http://org/licenses/mit', undefined],
  ['https://opensource.org/licenses/acme', undefined],
  ['https://opensource.org/licenses', undefined],
])('%s in a field is the page of %j', (url, license) => {
  expect(licenseAt(url)).toBe(license)
})

test.each([
  ['acme.example/licenses/mit', 'mit'],
  ['acme.example/mit', undefined],
  ['acme.example/agpl', 'agpl'],
  ['acme.example/copyleft/bsd', 'bsd'],
  ['creativecommons.org/licenses/by-nd/3.0', 'cc-by-nd-3.0'],
  ['creativecommons.org/publicdomain/zero/1.0', undefined],
])('%s in a text leads to %j', (address, license) => {
  expect(familyOfAddress(address)).toBe(license)
})

test('a page of the GNU leaves open which versions are meant', () => {
  for (const id of ['GPL-2.0-only', 'GPL-2.0-or-later', 'GPL-2.0+'])
    expect(isOfFamily('gpl-2.0', [id])).toBe(true)
  for (const id of ['GPL-3.0-only', 'LGPL-2.0-only', 'GPL-2.0-with-GCC-exception'])
    expect(isOfFamily('gpl-2.0', [id])).toBe(false)
})
