/** A Vitest project with one test; BENCH_PROJECT names what depgate judges in its set-up, and none leaves depgate out. */
import { defineConfig } from 'vitest/config'

const project = process.env.BENCH_PROJECT

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: [project === undefined ? 'without.bench.mjs' : 'with.bench.mjs'],
    ...(project !== undefined && {
      globalSetup: ['depgate/vitest/setup'],
      provide: { depgateOptions: { project } },
    }),
  },
})
