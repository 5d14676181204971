/** Reads npm's configuration for a run: with the run's own places, and with what earlier runs have kept of it. */
import { devNull } from 'node:os'
import { join } from 'node:path'
import type { SealedFolder } from '#cache/sealed-files'
import { loadCacheSecret } from '#cache/secret'
import { openDisk } from '#disk/disk'
import type { Disk } from '#disk/disk'
import type { Outcome } from '#model/outcome'
import type { RunRequest } from '#model/run-request'
import { knownRegistryConfig } from '#registry/kept-config'
import type { ConfigKeeping } from '#registry/kept-config'
import { readRegistryConfig } from '#registry/npmrc'
import type { RegistryConfig } from '#registry/registry-config'
import { environmentDigest, variablesIn } from '#snapshot/environment'
import { homeOf } from './home.ts'
import { TOOL_FOLDER } from './tool-version.ts'

/** What of a request decides which configuration counts, and where it is kept. */
export type ConfiguredRequest = Pick<
  RunRequest,
  'project' | 'cacheDirectory' | 'env' | 'trustNpmrc' | 'refresh'
>

/** The trusted configuration of a run; `disk` remembers every file that had a say. Fails with `npmrc-unreadable`. */
export async function readRunConfig(
  request: ConfiguredRequest,
  disk: Disk,
): Promise<Outcome<RegistryConfig>> {
  const { project, env, trustNpmrc } = request
  const places = {
    project,
    env,
    home: homeOf(env),
    execPath: process.execPath,
    trustProjectKeys: trustNpmrc,
    disk,
  }
  const keeping = await configKeeping(request)
  return keeping === undefined ? readRegistryConfig(places) : knownRegistryConfig(places, keeping)
}

/** Whoever asks for everything anew gets this anew as well. */
async function configKeeping(request: ConfiguredRequest): Promise<ConfigKeeping | undefined> {
  const folder = request.refresh ? undefined : await sealedFolder(request)
  if (folder === undefined) return undefined
  return {
    folder,
    environment: environmentDigest(request.env, []),
    stamp: join(TOOL_FOLDER, 'dist/build-stamp'),
    cwd: process.cwd(),
    now: Date.now(),
  }
}

/** Where a run keeps whole files that it has sealed; undefined where there is no cache on disk, or no key. */
export async function sealedFolder({
  project,
  cacheDirectory,
  env,
}: Pick<RunRequest, 'project' | 'cacheDirectory' | 'env'>): Promise<SealedFolder | undefined> {
  if (cacheDirectory === undefined) return undefined
  const secret = await loadCacheSecret({ env, home: homeOf(env), project, cacheDirectory })
  return 'key' in secret ? { directory: cacheDirectory, project, secret: secret.key } : undefined
}

/** A disk that npm's configuration is read from. */
export interface NpmrcDisk {
  disk: Disk
  /** Names of the variables that what was read refers to. */
  variables: () => string[]
  /** Whether looking again would show what was read: a pipe says something else each time, and looks the same. */
  isClear: () => boolean
}

/** Opens it; nothing is read. */
export function openNpmrcDisk(project: string): NpmrcDisk {
  const disk = openDisk(project)
  const variables = new Set<string>()
  let isClear = true
  return {
    disk: {
      ...disk,
      linkedFile(path, maxBytes) {
        const read = disk.linkedFile(path, maxBytes)
        if (read.ok) for (const name of variablesIn(read.bytes.toString('utf8'))) variables.add(name)
        else isClear &&= read.reason === 'absent' || path === devNull
        return read
      },
    },
    variables: () => [...variables],
    isClear: () => isClear,
  }
}
