/**
 * Bundles what people start and import into dist/bundle, from what the compiler wrote into dist.
 *
 * A warm run needs some fifty modules, and Node spends longer on finding and linking them than on running them. The
 * packages that depgate depends on stay outside: they are installed beside it, and looked at by their own names.
 */
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'

const dist = resolve(import.meta.dirname, '../dist')

/** What starts each file; the two workers lie beside all chunks, because that is where they are looked for. */
const ENTRIES = {
  depgate: 'cli/main.js',
  index: 'index.js',
  vitest: 'vitest/index.js',
  setup: 'vitest/setup.js',
  worker: 'run/worker.js',
  'fetch-worker': 'run/fetch-worker.js',
}

const folder = join(dist, 'bundle')
rmSync(folder, { recursive: true, force: true })
const bundle = await rolldown({
  input: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, join(dist, file)])),
  platform: 'node',
  external: (id) => /^[@a-z]/.test(id),
})
await bundle.write({ dir: folder, format: 'esm', chunkFileNames: 'chunk-[name].js' })
await bundle.close()
