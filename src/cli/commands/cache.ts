/** `depgate cache info|verify|clear`: look after the disk cache; never part of a run. */
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { cacheInfo, clearCache, verifyCache } from '#cache/maintenance'
import { loadCacheSecret } from '#cache/secret'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import { count } from '#reporters/coverage'
import { print, printError } from '../terminal.ts'

/** Flags of the cache commands. */
export interface CacheFlags {
  project: string
  cacheDir?: string
}

/** What can be done with the cache. */
export type CacheAction = 'info' | 'verify' | 'clear'

/** Does it; exit code 0, or 2 if the folder cannot be used. */
export async function cache(action: CacheAction, flags: CacheFlags): Promise<ExitCode> {
  const project = resolve(flags.project)
  const directory = resolve(project, flags.cacheDir ?? '.cache/depgate')
  switch (action) {
    case 'info': {
      const info = await cacheInfo(directory)
      await print(`${count(info.entries, 'record')}, ${info.bytes} bytes\n`)
      return EXIT_CODE.pass
    }
    case 'verify': {
      const secret = await loadCacheSecret({ env: process.env, home: homedir(), project, cacheDirectory: directory })
      if (secret.key === undefined) {
        await printError(`depgate: ${secret.warning?.message ?? 'there is no key to verify the cache with'}\n`)
        return EXIT_CODE.usage
      }
      const result = await verifyCache(directory, secret.key, Date.now())
      await print(`${count(result.kept, 'record')} kept, ${result.removed} removed\n`)
      return EXIT_CODE.pass
    }
    case 'clear': {
      await clearCache(directory)
      await print('the cache is empty\n')
      return EXIT_CODE.pass
    }
  }
}
