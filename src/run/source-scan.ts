/** The import scan as a run has it: with the parser that is installed, its processes, and what earlier runs have parsed. */
import { createHash } from 'node:crypto'
import type { Disk, DiskReader } from '#disk/disk'
import { openParsing, openSecondLook } from '#imports/open-parsing'
import { scanImports } from '#imports/scan'
import type { ImportRules } from '#model/import-rules'
import type { ImportGraph } from '#model/imports'
import type { Outcome } from '#model/outcome'
import type { RunRequest } from '#model/run-request'
import { monotonicMs } from '../clock.ts'
import { sealedFolder } from '../npm-configuration.ts'
import type { BaseFiles } from './base-place.ts'

/** What of a request decides the scan. */
export type ScanSettings = Pick<RunRequest, 'project' | 'cacheDirectory' | 'env' | 'startedAt' | 'deadlineAt'>

/** What is left of a run's time behind this share belongs to judging and to the report. */
const SHARE = 0.85

/** Scans the files that the rules leave; every look at the disk is one of `disk`. Ends before the deadline. */
export function scanSources(
  rules: ScanRules,
  settings: ScanSettings,
  disk: Disk,
): Promise<Outcome<ImportGraph>> {
  const project = disk.realPath(settings.project) ?? settings.project
  return scan(rules, settings, { disk, project, side: 'now' })
}

/** The same for the files of a base, which nobody has installed anything for. */
export async function scanBase(
  rules: ScanRules,
  settings: ScanSettings,
  { disk, folder, failure }: BaseFiles,
): Promise<Outcome<ImportGraph>> {
  const scanned = await scan(rules, settings, { disk, project: folder, side: 'base' })
  return failure() ?? scanned
}

type ScanRules = Pick<ImportRules, 'files' | 'ignore'>

/** Where files are, and which record of the cache is theirs. */
interface ScannedSide {
  disk: DiskReader
  /** Real path. */
  project: string
  side: 'now' | 'base'
}

async function scan(
  { files, ignore }: ScanRules,
  settings: ScanSettings,
  { disk, project, side }: ScannedSide,
): Promise<Outcome<ImportGraph>> {
  const { startedAt, deadlineAt, env } = settings
  const until = startedAt + (deadlineAt - startedAt) * SHARE
  const goOn = (): boolean => monotonicMs() < until
  const overdue = new AbortController()
  const timer = setTimeout(() => overdue.abort(), Math.max(0, until - monotonicMs()))
  try {
    const ports = { disk, env, goOn, signal: overdue.signal }
    const parse = await openParsing({
      ...ports,
      tree: createHash('sha256')
        .update(JSON.stringify([project, files, ignore, side]))
        .digest('hex'),
      folder: await sealedFolder(settings),
      now: Date.now,
    })
    if (!parse.ok) return parse
    return await scanImports(
      { project, ...(files.length > 0 && { files }), ignore, goOn },
      { disk, parse: parse.value, lookAgain: openSecondLook(ports) },
    )
  } finally {
    clearTimeout(timer)
  }
}
