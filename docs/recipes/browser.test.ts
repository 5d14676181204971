import { expect, test } from 'vitest'
import { imports } from 'depgate/vitest'

test('what runs in browsers uses nothing of Node, and nothing of the server but its types', async () => {
  await expect(imports().in('packages/web').production()).toNotImport(['node:*', 'src/storage/**'])
})
