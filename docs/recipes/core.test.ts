import { expect, test } from 'vitest'
import { imports } from 'depgate/vitest'

test('the core of the shop knows nothing but its own types and zod', async () => {
  await expect(imports().from('src/domain/**')).toOnlyImport(['src/model/**', 'zod'])
})
