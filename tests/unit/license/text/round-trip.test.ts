/** Each text of the SPDX list, however it is written, is recognised as itself or as a licence with the same text. */
import { expect, test } from 'vitest'
import { SPDX_TEXTS, isAccepted, recognise } from './spdx-texts.ts'
import { VARIATIONS } from './variations.ts'

test.each(Object.entries(VARIATIONS))('each SPDX text %s', (_, vary) => {
  const failures = SPDX_TEXTS.filter(({ id, text }) => !isAccepted(recognise(vary(text)), id))
  expect(failures.map(({ id }) => id)).toEqual([])
})
