/** The world with its larger effects told of as steps of the run. */
import { step } from '../trace.ts'
import type { OpenCache, World } from './world.ts'

/** The same world; opening the cache is a step only the first time. */
export function traced(world: World): World {
  let cache: Promise<OpenCache> | undefined
  return {
    ...world,
    previous: () => step('recall-previous', () => world.previous()),
    readTree: () => step('read-tree', () => world.readTree()),
    readLocked: () => step('read-tree', () => world.readLocked()),
    askNpm: (signal) => step('npm-ls', () => world.askNpm(signal)),
    openCache: () => (cache ??= step('open-cache', () => world.openCache())),
    openRegistry: (signal) => step('open-registry', () => world.openRegistry(signal)),
  }
}
