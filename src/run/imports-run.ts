/** Judges what the project's own source files import, beside all that is asked about packages. */
import { setImmediate } from 'node:timers/promises'
import type { Finding } from '#model/finding'
import type { ImportGraph } from '#model/imports'
import type { Inventory } from '#model/inventory'
import type { Failure } from '#model/outcome'
import type { Warning } from '#model/run-report'
import type { RunRequest } from '#model/run-request'
import { importCase, judgeImports, packageUse, unreadableProject } from '#policy/judge-imports'
import { unknownUse, useReport, useText } from '#policy/judge-imports'
import type { ImportCase } from '#policy/imports/import-case'
import { RULE_TRAITS } from '#model/rule-traits'
import type { UseOf } from '#policy/imports/package-use'
import { step } from '../trace.ts'
import type { JudgedPackage, World } from './world.ts'

/** What a run knows of imports. */
export interface ImportsRun {
  /** How packages are used, by the places where they lie. */
  useOf: UseOf
  /** The same before the change that is judged; absent where none is. */
  usedBefore?: UseOf
  /** Those that the change brings, where one is judged and its base has source files. */
  findings: Finding[]
  warnings: Warning[]
  /** Absent where the scan failed. */
  graph?: ImportGraph
  /** What only whoever asked for the run can mend. */
  refused?: Failure
}

/** What is looked at. */
export interface ImportsQuestion {
  request: Pick<RunRequest, 'policy' | 'base'>
  inventory: Inventory
  /** The tree that a change is compared with. */
  before?: () => Inventory
  /** Locations of the workspaces that the run is narrowed to; empty for all. */
  workspaces: readonly string[]
}

/**
 * Scans and judges where the policy asks for it; undefined where it does not. Waits a moment first, so that all
 * questions that were put can go out: reading files holds up whoever waits for an answer. Never rejects but for a bug.
 */
export async function runImports(
  { request: { policy, base }, inventory, before, workspaces }: ImportsQuestion,
  world: Pick<World, 'scanImports' | 'scanBase'>,
): Promise<ImportsRun | undefined> {
  const { imports } = policy
  if (imports === undefined) return undefined
  await setImmediate()
  const scanned = await step('scan-imports', () => world.scanImports(imports))
  if (!scanned.ok) return unknown(scanned.failure)
  const about = importCase(scanned.value, imports, inventory)
  const isWanted = inWorkspaces(workspaces, [...about.packages.keys()])
  const findings = step('judge-imports', () => judgeImports(about)).filter(({ location }) =>
    isWanted(location?.file ?? ''),
  )
  const now = { useOf: packageUse(about), findings, warnings: [], graph: scanned.value }
  if (base === undefined || before === undefined) return now
  const old = await step('scan-base', () => world.scanBase(base, imports))
  if (old === undefined)
    return policy.licenses.notShipped === undefined
      ? { ...now, warnings: [NOT_COMPARED] }
      : { ...now, refused: NO_SOURCES }
  if (!old.ok)
    return unknown({ ...old.failure, message: `In the base, ${base.name}: ${old.failure.message}` })
  const aboutBefore = importCase(old.value, imports, before())
  return {
    ...now,
    usedBefore: packageUse(aboutBefore),
    findings: withoutOld(findings, about, aboutBefore),
  }
}

/** What was found before as well is nothing that a change brings; but an unreadable file may hide other things now. */
function withoutOld(findings: readonly Finding[], now: ImportCase, before: ImportCase): Finding[] {
  const isAsBefore = (path: string): boolean => {
    const sha256 = now.files.get(path)?.sha256
    return sha256 !== undefined && sha256 === before.files.get(path)?.sha256
  }
  const known = new Set(judgeImports(before).map(({ fingerprint }) => fingerprint))
  return findings.filter(
    ({ rule, fingerprint, location }) =>
      !known.has(fingerprint) || (rule === 'import-unreadable' && !isAsBefore(location?.file ?? '')),
  )
}

/** Nobody could look: everything may ship. */
function unknown(failure: Failure): ImportsRun {
  const refused = failure.code === 'parser-missing' && { refused: failure }
  return { useOf: unknownUse, findings: [unreadableProject(failure)], warnings: [], ...refused }
}

const NOT_COMPARED: Warning = {
  code: 'imports-not-compared',
  message:
    'The base is a lockfile, which says nothing of imports: everything that is wrong with them is told, old or new.',
}

const NO_SOURCES: Failure = {
  code: 'base-without-sources',
  message:
    'The policy has licenses.scopes.notShipped, and a lockfile does not tell what was imported: nobody could say which packages begin to ship.',
  fix: 'Compare with a commit (depgate diff <ref>), or judge the whole tree with depgate check.',
}

/** A judged package with what is known of its use: its report says it, and so does whatever is said of its licence. */
export function withUse(entry: JudgedPackage, { useOf }: Pick<ImportsRun, 'useOf'>): JudgedPackage {
  const use = useOf(entry.report.locations)
  const findings = entry.findings.map((finding) =>
    RULE_TRAITS[finding.rule].group === 'licences'
      ? { ...finding, details: [...(finding.details ?? []), useText(use)] }
      : finding,
  )
  return { ...entry, report: { ...entry.report, use: useReport(use) }, findings }
}

/** Whether a file belongs to one of the workspaces that were asked for; `all` are the places of every own package. */
function inWorkspaces(wanted: readonly string[], all: readonly string[]): (file: string) => boolean {
  if (wanted.length === 0) return () => true
  const longestFirst = all.filter((place) => place !== '.').toSorted((a, b) => b.length - a.length)
  return (file) => wanted.includes(longestFirst.find((place) => file.startsWith(`${place}/`)) ?? '.')
}
