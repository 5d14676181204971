import { expect, test } from 'vitest'
import { textsWithin } from '#license/text/recognise'
import { INDEX, recognise, spdxText } from './spdx-texts.ts'

const MIT = spdxText('MIT')
const APACHE = spdxText('Apache-2.0')
const GPL = spdxText('GPL-3.0-only')
const ISC = spdxText('ISC')

test('a text that serves two ids serves both', () => {
  expect(recognise(GPL)).toEqual({
    licenses: [['GPL-3.0-only', 'GPL-3.0-or-later']],
    choice: false,
    differences: [],
  })
})

test('several texts all hold, unless the file leaves the choice', () => {
  const both = recognise(`${MIT}\n\n${APACHE}`)
  expect(both.licenses.flat().toSorted()).toEqual(['Apache-2.0', 'MIT'])
  expect(both.choice).toBe(false)
  const choice = recognise(`Dual licensed under MIT or Apache-2.0, at your choice.\n\n${MIT}\n\n${APACHE}`)
  expect(choice.licenses.flat().toSorted()).toEqual(['Apache-2.0', 'MIT'])
  expect(choice.choice).toBe(true)
})

test('a text beside others that nobody knows spoils the file', () => {
  expect(recognise(`${MIT}\n\nSome other text that you must read.\n\n${ISC}`).licenses).toEqual([])
})

test('a licence that the file names and lacks is missed', () => {
  expect(recognise(`Licensed under MIT and Apache-2.0.\n\n${MIT}`)).toMatchObject({
    licenses: [],
    differences: ['it speaks of Apache-2.0 too'],
  })
  expect(recognise(`Licensed under the MIT and the GPL.\n\n${MIT}`).differences).toEqual([
    'it speaks of gpl too',
  ])
})

test.each([
  ['Licensed under the MIT license.', ['MIT']],
  ['This project is licensed under the Apache License, Version 2.0.', ['Apache-2.0']],
  ['License: BSD', []],
  ['Copyright (c) 2020 Zoe Quandt', []],
])('a text that only points: %s', (text, mentions) => {
  expect(recognise(text)).toMatchObject({ licenses: [], mentions })
})

test('what is not recognised comes with the nearest text and what differs', () => {
  const { licenses, nearest, differences, mentions } = recognise(MIT.replace('to deal', 'to not deal'))
  expect(licenses).toEqual([])
  expect(mentions).toBeUndefined()
  expect(nearest).toMatchObject({ id: 'MIT' })
  expect(nearest?.score).toBeGreaterThan(0.95)
  expect(differences).toEqual(['added: "not"'])
})

test('in a list of others each known text is found once, whatever stands between', () => {
  const list = `foo\n${MIT}\nbar must not be used\n${ISC}\n${MIT}`
  expect(textsWithin(list, INDEX).flat().toSorted()).toEqual(['ISC', 'MIT'])
  expect(textsWithin('nothing of the kind', INDEX)).toEqual([])
})
