/** Scans small projects whose files have one import a line, so that no parser is needed: `import 'a'`, `type 'a'`, `types 'a'` (of names that say so each), `require 'a'`. */
import { createHash } from 'node:crypto'
import { openDisk } from '#disk/disk'
import type { DiskReader } from '#disk/disk'
import { scanImports } from '#imports/scan'
import type { ParseMany, ScanRequest } from '#imports/scan'
import type { ImportForm, ImportGraph, ImportSite, ImportTarget } from '#model/imports'
import { ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { makeProject } from '../collectors/project-folder.ts'
import type { ProjectFiles } from '../collectors/project-folder.ts'

/** Scans a project that lies on the disk. */
export async function scanOf(
  project: string,
  more: Partial<ScanRequest> = {},
  disk: DiskReader = openDisk(project),
): Promise<Outcome<ImportGraph>> {
  return scanImports({ project, goOn: () => true, ...more }, { disk, parse: parseLines(disk) })
}

/** What takes each line for an import; a file that says `<broken>` is one that cannot be parsed. */
export function parseLines(disk: Pick<DiskReader, 'file'>): ParseMany {
  return (files) => {
    const parsed = files.map(({ path, absolute }) => {
      const read = disk.file(absolute)
      if (!read.ok)
        return {
          path,
          parsed: { problem: { code: 'unreadable' as const, message: `It is ${read.reason}.` } },
        }
      const sha256 = createHash('sha256').update(read.bytes).digest('hex')
      const text = read.bytes.toString('utf8')
      if (text.includes('<broken>'))
        return { path, sha256, parsed: { problem: { code: 'syntax' as const, message: 'It is broken.' } } }
      return { path, sha256, parsed: sitesIn(text) }
    })
    const statistics = {
      bytes: 0,
      contents: 0,
      parsed: files.length,
      memory: 0,
      disk: 0,
      rejected: 0,
      evicted: 0,
    }
    return Promise.resolve(ok({ files: parsed, statistics }))
  }
}

/** The graph of a project that is written for it. */
export async function graphOf(files: ProjectFiles, more: Partial<ScanRequest> = {}): Promise<ImportGraph> {
  const scanned = await scanOf(makeProject(files), more)
  if (!scanned.ok) throw new Error(scanned.failure.message)
  return scanned.value
}

/** What each import leads to, by file and specifier: `a.ts ./b` to the target in words, several with `|` between them. */
export async function targetsOf(files: ProjectFiles): Promise<Record<string, string>> {
  const graph = await graphOf(files)
  const words: Record<string, string> = {}
  for (const { path, imports } of graph.files) {
    for (const { specifier, target } of imports) {
      const key = `${path} ${specifier}`
      words[key] = key in words ? `${words[key]} | ${wordsOf(target)}` : wordsOf(target)
    }
  }
  return words
}

/** A target in words: `file src/a.ts`, `package a/b`, `workspace a in packages/a at packages/a/x.ts`. */
export function wordsOf(target: ImportTarget): string {
  if (target.kind === 'file') return `file ${target.path}`
  if (target.kind === 'builtin') return `builtin ${target.name}`
  if (target.kind === 'package') return `package ${[target.name, target.subpath].filter(Boolean).join(' + ')}`
  if (target.kind !== 'workspace') return target.kind
  return `workspace ${target.name} in ${target.location}${target.path === undefined ? '' : ` at ${target.path}`}`
}

const FORMS: Record<string, Pick<ImportSite, 'form' | 'typeOnly' | 'mayStay'>> = {
  import: { form: 'import', typeOnly: false },
  type: { form: 'import', typeOnly: true },
  types: { form: 'import', typeOnly: true, mayStay: true },
}

function sitesIn(text: string): { imports: ImportSite[]; jsx?: { line: number; column: number } } {
  const imports = text.split('\n').flatMap((line, at): ImportSite[] => {
    const [, word = '', specifier] = /^([\w-]+) '(.*)'$/.exec(line) ?? []
    if (specifier === undefined) return []
    const how = FORMS[word] ?? { form: word as ImportForm, typeOnly: word.endsWith('reference') }
    return [{ specifier, ...how, line: at + 1, column: word.length + 2 }]
  })
  return text.includes('<jsx>') ? { imports, jsx: { line: 1, column: 1 } } : { imports }
}
