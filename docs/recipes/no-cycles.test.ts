import { expect, test } from 'vitest'
import { imports } from 'depgate/vitest'

test('no files import each other in a circle', async () => {
  await expect(imports()).toHaveNoCycles()
})
