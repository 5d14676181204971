/** Contents are read whatever becomes of the thread: from source it cannot even start. */
import { expect, test } from 'vitest'
import { loadTextIndex } from '#license/text/index-file'
import { readText } from '#license/text/read-text'
import { spdxText } from '../../support/license-texts.ts'
import { openRecognition } from '../../../src/run/recognition.ts'

const IDS = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'MPL-2.0',
  'Zlib',
  '0BSD',
  'Unlicense',
]
const TEXTS = [...IDS.map(spdxText), 'nothing at all', '', ...IDS.map((id) => `${spdxText(id)}\nNo war.`)]

test.each([1, 2])('with %d processors, and no thread, everything is read here', async (cores) => {
  const index = loadTextIndex()
  const read = openRecognition(() => true, cores)
  const readings = await Promise.all(TEXTS.map((text) => read(Buffer.from(text), 'package')))
  expect(readings).toEqual(TEXTS.map((text) => readText(text, 'package', index)))
})
