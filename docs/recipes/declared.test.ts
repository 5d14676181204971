import { expect, test } from 'vitest'
import { imports } from 'depgate/vitest'

test('every package that is imported stands in the nearest package.json', async () => {
  await expect(imports()).toHaveNoUndeclaredImports()
})
