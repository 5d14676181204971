import { expect, test } from 'vitest'
import { familyTitle } from '#model/family-title'

test.each([
  ['gpl', 'some GPL licence'],
  ['gplv2', 'some GPL-2.0 licence'],
  ['domain', 'a dedication to the public domain'],
  ['creativecommons', 'some Creative Commons licence'],
  ['cc-by-nc-4.0', 'CC-BY-NC-4.0'],
])('%s is called %s', (family, title) => {
  expect(familyTitle(family)).toBe(title)
})
