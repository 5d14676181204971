/** `depgate cache info|verify|clear`: look after the disk cache; never part of a run. */
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { cacheInfo, clearCache, verifyCache } from '#cache/maintenance'
import type { FolderState } from '#cache/folder'
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

/** Does it; exit code 0, or 2 if the folder or the key cannot be used. */
export async function cache(action: CacheAction, flags: CacheFlags): Promise<ExitCode> {
  const project = resolve(flags.project)
  const directory = resolve(project, flags.cacheDir ?? '.cache/depgate')
  switch (action) {
    case 'info': {
      const info = await cacheInfo(directory, project)
      return tell(info, `${count(info.records, 'pack')} of answers, ${info.bytes} bytes`)
    }
    case 'verify': {
      const secret = await loadCacheSecret({
        env: process.env,
        home: homedir(),
        project,
        cacheDirectory: directory,
      })
      if ('warning' in secret) return refuse(secret.warning.message)
      const result = await verifyCache(directory, secret.key, Date.now(), project)
      return tell(
        result,
        `${count(result.kept, 'pack')} kept, ${result.removed} not believed and removed, ` +
          `${count(result.leftovers, 'leftover')} removed`,
      )
    }
    case 'clear': {
      const result = await clearCache(directory, project)
      return tell(
        result,
        result.removed.length === 0 ? 'there was nothing to clear' : 'the cache is empty now',
      )
    }
  }
}

async function tell(folder: FolderState, text: string): Promise<ExitCode> {
  if (folder.state === 'refused') return refuse(folder.warning.message)
  await print(`${folder.state === 'absent' ? 'there is no cache yet' : text}\n`)
  return EXIT_CODE.pass
}

async function refuse(message: string): Promise<ExitCode> {
  await printError(`depgate: ${message}\n`)
  return EXIT_CODE.usage
}
