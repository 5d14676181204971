import { expect, test } from 'vitest'
import { imports } from 'depgate/vitest'

test('every dependency that is declared is used', async () => {
  await expect(imports()).toHaveNoUnusedDependencies()
})
