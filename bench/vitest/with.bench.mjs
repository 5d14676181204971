/** One test over the shared run. */
import { dependencies } from 'depgate/vitest'
import { expect, test } from 'vitest'

test('the tree is judged', async () => {
  const { packages } = await dependencies().resolve()
  expect(packages.length).toBeGreaterThan(500)
})
