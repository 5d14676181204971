import { expect, test } from 'vitest'
import { imports } from 'depgate/vitest'

test('each layer imports only those below it', async () => {
  await expect(imports().from('src/**')).toRespectLayers({
    model: { files: ['src/model/**'], imports: [] },
    domain: { files: ['src/domain/**'], imports: ['model'] },
    storage: { files: ['src/storage/**'], imports: ['model', 'domain'] },
    app: { files: ['src/*.ts', 'src/features/**'], imports: ['model', 'domain', 'storage'] }
  })
})
