import { expect, test } from 'vitest'
import { imports } from 'depgate/vitest'

test('the client of the payment provider has one door', async () => {
  await expect(imports().from('**', '!src/storage/payments.ts')).toNotImport(['payment-client'])
})
