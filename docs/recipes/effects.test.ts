import { expect, test } from 'vitest'
import { imports } from 'depgate/vitest'

test('only src/storage touches files, and nobody starts processes', async () => {
  await expect(imports().from('src/**', '!src/storage/**')).toNotImport(['node:fs'])
  await expect(imports().from('src/**')).toNotImport(['node:child_process'])
})
