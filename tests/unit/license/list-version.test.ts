import { LICENSE_LIST } from '#license/list-version'
import { expect, test } from 'vitest'
import manifest from '../../../node_modules/spdx-license-ids/package.json' with { type: 'json' }

test('names the edition of the list that is installed', () => {
  expect(LICENSE_LIST).toBe(`spdx-license-ids ${manifest.version}`)
})
