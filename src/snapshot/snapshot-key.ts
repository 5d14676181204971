/** The key of a snapshot: everything that a run is asked for and that no file says. */
import { cacheKey } from '#cache/key'
import { environmentDigest } from './environment.ts'
import type { Environment } from './environment.ts'
import { SNAPSHOT_SCHEMA } from './snapshot.ts'

/** What a run is asked for. */
export interface Wish {
  /** Real path of the project. */
  project: string
  /** Absolute path of the policy file, if one was named. */
  config: string | undefined
  omitDev: boolean
  workspaces: readonly string[]
  trustNpmrc: readonly string[]
  /** Of a change: what names its base, whose content these words fix. */
  base?: readonly string[]
  env: Environment
  /** The current folder: relative paths in npm's configuration begin there. */
  cwd: string
}

/** Two runs share a snapshot only if they are asked for the same, by the same Node, on the same kind of machine. */
export function snapshotKey({
  project,
  config,
  omitDev,
  workspaces,
  trustNpmrc,
  base,
  env,
  cwd,
}: Wish): string {
  return cacheKey(
    'snapshot',
    SNAPSHOT_SCHEMA,
    project,
    JSON.stringify([config ?? null, omitDev, workspaces, trustNpmrc, ...(base === undefined ? [] : [base])]),
    // In the key, not only in the record: runs inside and outside `npm run` each keep their own.
    environmentDigest(env, []),
    JSON.stringify([process.version, process.platform, process.arch, process.execPath, cwd]),
  )
}
