/** Scans what the source files of a run's project import, with all that such a scan needs of the machine. */
import { availableParallelism } from 'node:os'
import { loadCacheSecret } from '#cache/secret'
import type { Disk } from '#disk/disk'
import { loadParser, parserMissing, parserVersion } from '#imports/oxc'
import { openParseCache } from '#imports/parse-cache'
import { createParseMany } from '#imports/parse-files'
import { openChildLane } from '#imports/parse-lane'
import { scanImports } from '#imports/scan'
import type { ImportRules } from '#model/import-rules'
import type { ImportGraph } from '#model/imports'
import type { Outcome } from '#model/outcome'
import type { RunRequest } from '#model/run-request'
import { monotonicMs } from '../clock.ts'
import { homeOf } from '../home.ts'

/** What is scanned, and with what. */
export interface ProjectScan extends Pick<ImportRules, 'files' | 'ignore'> {
  request: Pick<RunRequest, 'project' | 'cacheDirectory' | 'env' | 'startedAt' | 'deadlineAt'>
  /** Remembers what was looked at. */
  disk: Disk
  /** Epoch milliseconds. */
  now: () => number
}

/** What is left of a run's time behind this share belongs to judging and to the report. */
const SHARE = 0.85
/** More of them would only wait for each other. */
const MAX_LANES = 4

/** Scans; what was parsed before is known from the cache. Never rejects. */
export async function scanProject({
  request,
  disk,
  files,
  ignore,
  now,
}: ProjectScan): Promise<Outcome<ImportGraph>> {
  const parser = parserVersion()
  if (parser === undefined) return parserMissing()
  const { startedAt, deadlineAt, env } = request
  const project = disk.realPath(request.project) ?? request.project
  const until = startedAt + (deadlineAt - startedAt) * SHARE
  const goOn = (): boolean => monotonicMs() < until
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(until - monotonicMs())))
  const folder = await cacheFolder(request)
  const cache = await openParseCache({
    parser,
    ...(folder && { disk: { folder, tree: project } }),
    now,
  })
  const parse = createParseMany({
    disk,
    cache,
    loadParser,
    openLane: () => openChildLane({ env, signal }),
    lanes: Math.min(MAX_LANES, availableParallelism()),
    goOn,
  })
  const globs = { ...(files.length > 0 && { files }), ...(ignore.length > 0 && { ignore }) }
  return scanImports({ project, ...globs, goOn }, { disk, parse })
}

async function cacheFolder({ project, cacheDirectory, env }: ProjectScan['request']) {
  if (cacheDirectory === undefined) return undefined
  const secret = await loadCacheSecret({ env, home: homeOf(env), project, cacheDirectory })
  return 'key' in secret ? { directory: cacheDirectory, project, secret: secret.key } : undefined
}
