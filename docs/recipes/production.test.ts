import { expect, test } from 'vitest'
import { imports } from 'depgate/vitest'

test('what ships imports no tool of tests', async () => {
  await expect(imports().production()).toNotImport(['vitest', '@testing-library/*', 'tests/**'])
})
