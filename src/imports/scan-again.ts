/** A scan that goes on with what an earlier one has found out: what has not changed is neither parsed nor followed. */
import type { Disk, Looks } from '#disk/disk'
import { lookAgain } from '#disk/look-again'
import type { ImportGraph, SourceFile } from '#model/imports'
import { ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { MAX_SOURCE_BYTES } from './decode.ts'
import type { KnownFile, KnownGraph } from './graph-record.ts'
import { scanImports } from './scan.ts'
import type { ParseMany, ScanRequest } from './scan.ts'
import type { SecondLook } from './second-look.ts'
import { isShallow } from './shallow.ts'

/** What it needs of the world. */
export interface AgainPorts {
  /** A disk that nobody has looked at. */
  openDisk: () => Disk
  /** What an earlier scan of the same selection of files has left; `rejected` where it is not believed. */
  known: KnownGraph | 'rejected' | undefined
  /** Opens what parses all files or a few of them, with the disk that it reads them from. */
  openParsing: (disk: Disk, extent: 'all' | 'few') => Promise<Outcome<ParseMany>>
  /** Called as soon as it is sure that something has to be parsed elsewhere, with much to do until then. */
  beginParsing: () => Promise<void>
  /** Opens what looks a second time. */
  openSecondLook: (disk: Disk) => SecondLook
  /** Keeps what a whole scan has found out. */
  keep: (graph: KnownGraph) => Promise<void>
}

/** A graph, and all looks that it rests on. */
export interface ScannedAgain {
  graph: ImportGraph
  looks: Looks[]
}

/** With more changed files than this, and this share of all, everything is followed anew and kept. */
const FEW_FILES = 32
const FEW_SHARE = 0.05

/**
 * Scans. An import leads where it led as long as nothing of what the scan looked at besides the source files has changed,
 * which is proved by bytes. Then only files with other bytes are parsed and followed. Fails as {@link scanImports} does.
 */
export async function scanAgain(request: ScanRequest, ports: AgainPorts): Promise<Outcome<ScannedAgain>> {
  const { project, goOn } = request
  const { known } = ports
  const sources = ports.openDisk()
  const around = ports.openDisk()
  if (known === undefined || known === 'rejected' || !isAround(known, project, goOn))
    return scanWhole(request, ports, { sources, around })
  const { unchanged, bytes } = await unchangedFiles(project, known.files, sources, ports.beginParsing)
  const changed = known.files.length - unchanged.size
  if (changed > Math.max(FEW_FILES, known.files.length * FEW_SHARE))
    return scanWhole(request, ports, { sources, around })
  const contents = new Set(Array.from(unchanged.values(), ({ sha256 }) => sha256)).size
  if (changed === 0) {
    const statistics = { ...NO_WORK, files: unchanged.size, bytes, contents, disk: contents }
    const graph = { files: [...known.files], packages: [...known.packages], statistics }
    return ok({ graph, looks: [known.around, sources.looks()] })
  }
  const parse = await ports.openParsing(sources, 'few')
  if (!parse.ok) return parse
  const look = ports.openSecondLook(sources)
  const scanned = await scanImports(request, {
    disk: around,
    parse: parse.value,
    lookAgain: async (files) => {
      const seen = [...known.erased].filter(([path]) => unchanged.has(path))
      const asked = files.filter(({ path }) => !unchanged.has(path) || !known.erased.has(path))
      return new Map([...seen, ...(asked.length > 0 ? await look(asked) : [])])
    },
    unchanged: withoutMarks(unchanged),
  })
  if (!scanned.ok) return scanned
  const { statistics, ...graph } = scanned.value
  const all = {
    ...statistics,
    bytes: statistics.bytes + bytes,
    contents: statistics.contents + contents,
    disk: statistics.disk + contents,
  }
  return ok({
    graph: { ...graph, statistics: all },
    looks: [known.around, around.looks(), sources.looks()],
  })
}

/** All that the scan looked at besides the source files is as it was. */
function isAround({ around }: KnownGraph, project: string, goOn: () => boolean): boolean {
  return lookAgain(project, around.looks, goOn) === around.digest
}

/** Which imports are marked as erased depends on the circles of all files. */
function withoutMarks(files: ReadonlyMap<string, KnownFile>): Map<string, KnownFile> {
  const plain = new Map(files)
  for (const [path, file] of files) {
    if (!file.imports.some(({ erased }) => erased === true)) continue
    plain.set(path, { ...file, imports: file.imports.map(({ erased: _erased, ...site }) => site) })
  }
  return plain
}

const NO_WORK = { parsed: 0, memory: 0, rejected: 0, evicted: 0 }

async function scanWhole(
  request: ScanRequest,
  { known, openParsing, openSecondLook, keep }: AgainPorts,
  { sources, around }: { sources: Disk; around: Disk },
): Promise<Outcome<ScannedAgain>> {
  const parse = await openParsing(sources, 'all')
  if (!parse.ok) return parse
  const look = openSecondLook(sources)
  let erased: ReadonlyMap<string, ReadonlySet<string>> = new Map()
  const scanned = await scanImports(request, {
    disk: around,
    parse: parse.value,
    lookAgain: async (twice) => (erased = await look(twice)),
  })
  if (!scanned.ok) return scanned
  const { files, packages, statistics } = scanned.value
  const rejected = statistics.rejected + (known === 'rejected' ? 1 : 0)
  const seen = around.looks()
  // What is wrong with a file may be mended without a trace in its bytes, and is never kept.
  if (files.every(isKnown)) await keep({ around: seen, files, packages, erased })
  const graph = { files, packages, statistics: { ...statistics, rejected } }
  return ok({ graph, looks: [seen, sources.looks()] })
}

function isKnown(file: SourceFile): file is KnownFile {
  return file.problem === undefined && file.sha256 !== undefined
}

/**
 * The files whose bytes are those that were followed, by path, and how many bytes that are. `onOther` is called once, at
 * the first of those with other bytes that are not parsed in this process.
 */
async function unchangedFiles(
  project: string,
  files: readonly KnownFile[],
  disk: Disk,
  onOther: () => Promise<void>,
): Promise<{ unchanged: Map<string, KnownFile>; bytes: number }> {
  const unchanged = new Map<string, KnownFile>()
  let bytes = 0
  let isTold = false
  for (const file of files) {
    const path = `${project}/${file.path}`
    const sum = disk.sum(path, MAX_SOURCE_BYTES)
    if (sum.ok && sum.sha256 === file.sha256) {
      unchanged.set(file.path, file)
      bytes += sum.size
    } else if (!isTold && sum.ok) {
      const read = disk.file(path, MAX_SOURCE_BYTES)
      isTold = read.ok && !isShallow(read.bytes)
      if (isTold) await onOther()
    }
  }
  return { unchanged, bytes }
}
