/** The import scan as a run has it: with the parser that is installed, its processes, and what earlier runs have parsed. */
import { createHash } from 'node:crypto'
import { openDisk } from '#disk/disk'
import { openGraphShelf } from '#imports/graph-shelf'
import { openLanes, openParsing, openSecondLook } from '#imports/open-parsing'
import { parserMissing, parserVersion } from '#imports/oxc'
import type { OpenLane } from '#imports/parse-lane'
import { scanImports } from '#imports/scan'
import type { ScanRequest } from '#imports/scan'
import { scanAgain } from '#imports/scan-again'
import type { ImportRules } from '#model/import-rules'
import type { ImportGraph } from '#model/imports'
import { ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import type { LookedAt, RunRequest } from '#model/run-request'
import { lookAtTool } from '#snapshot/tool-files'
import { monotonicMs } from '../clock.ts'
import { sealedFolder } from '../npm-configuration.ts'
import { TOOL_FOLDER } from '../tool-version.ts'
import type { BaseFiles } from './base-place.ts'

/** What of a request decides the scan. */
export type ScanSettings = Pick<RunRequest, 'project' | 'cacheDirectory' | 'env' | 'startedAt' | 'deadlineAt'>

/** What is left of a run's time behind this share belongs to judging and to the report. */
const SHARE = 0.85

/** A scan, and all that it looked at. */
export interface Scanned {
  graph: ImportGraph
  lookedAt: LookedAt[]
}

/** Scans the files that the rules leave. Ends before the deadline. */
export function scanSources(rules: ScanRules, settings: ScanSettings): Promise<Outcome<Scanned>> {
  const place = openDisk(settings.project)
  const project = place.realPath(settings.project) ?? settings.project
  return inTime(settings, async (limits) => {
    const parser = parserVersion()
    if (parser === undefined) return parserMissing()
    const tree = recordOf(project, rules)
    const folder = await sealedFolder(settings)
    const tool = lookAtTool(TOOL_FOLDER)?.digest
    const shelf =
      folder === undefined || tool === undefined
        ? undefined
        : openGraphShelf({ folder, tree, tool: `${tool} ${parser}`, now: Date.now })
    const scanned = await scanAgain(
      { project, ...selectionOf(rules), goOn: limits.goOn },
      {
        openDisk: () => openDisk(project),
        known: await shelf?.read(),
        openParsing: (disk, extent) =>
          openParsing({
            ...limits,
            disk,
            tree: extent === 'all' ? tree : undefined,
            folder,
            now: Date.now,
          }),
        beginParsing: limits.beginLane,
        openSecondLook: (disk) => openSecondLook({ ...limits, disk }),
        keep: async (graph) => shelf?.write(graph),
      },
    )
    if (!scanned.ok) return scanned
    const { graph, looks } = scanned.value
    const below = looks.map(({ looks: all, digest }) => ({ root: project, looks: all, digest }))
    return ok({ graph, lookedAt: [{ root: settings.project, ...place.looks() }, ...below] })
  })
}

/** The same for the files of a base, for which nobody has installed anything. */
export function scanBase(
  rules: ScanRules,
  settings: ScanSettings,
  { disk, folder: project, failure }: BaseFiles,
): Promise<Outcome<ImportGraph>> {
  return inTime(settings, async (limits) => {
    const reading = { ...limits, disk }
    const parse = await openParsing({
      ...reading,
      tree: recordOf(project, rules, 'base'),
      folder: await sealedFolder(settings),
      now: Date.now,
    })
    if (!parse.ok) return parse
    const request = { project, ...selectionOf(rules), goOn: limits.goOn }
    const ports = { disk, parse: parse.value, lookAgain: openSecondLook(reading) }
    const scanned = await scanImports(request, ports)
    return failure() ?? scanned
  })
}

type ScanRules = Pick<ImportRules, 'files' | 'ignore'>

/** What singles out the records of a selection of files. */
function recordOf(project: string, { files, ignore }: ScanRules, side = 'now'): string {
  return createHash('sha256')
    .update(JSON.stringify([project, files, ignore, side]))
    .digest('hex')
}

function selectionOf({ files, ignore }: ScanRules): Pick<ScanRequest, 'files' | 'ignore'> {
  return { ...(files.length > 0 && { files }), ignore }
}

interface Limits {
  goOn: () => boolean
  openLane: OpenLane
  /** Has the first of them started before it is asked for. */
  beginLane: () => Promise<void>
}

/** Bounds of a scan: `goOn` is asked now and then, and the processes that parse are gone when it is over. */
async function inTime<T>(
  { startedAt, deadlineAt, env }: ScanSettings,
  scan: (limits: Limits) => Promise<T>,
): Promise<T> {
  const until = startedAt + (deadlineAt - startedAt) * SHARE
  const overdue = new AbortController()
  const timer = setTimeout(() => overdue.abort(), Math.max(0, until - monotonicMs()))
  const lanes = openLanes({ env, signal: overdue.signal })
  try {
    return await scan({
      goOn: () => monotonicMs() < until,
      openLane: lanes.open,
      beginLane: () => lanes.begin(),
    })
  } finally {
    clearTimeout(timer)
    await lanes.end()
  }
}
