/** Judges what the project's own source files import, beside all that is asked about packages. */
import { setImmediate } from 'node:timers/promises'
import type { Finding } from '#model/finding'
import type { ImportGraph } from '#model/imports'
import type { Inventory } from '#model/inventory'
import type { Failure, Outcome } from '#model/outcome'
import type { Warning } from '#model/run-report'
import type { RunRequest } from '#model/run-request'
import { importCase, judgeImports, packageUse, unreadableProject } from '#policy/judge-imports'
import { unknownUse, useReport, useText } from '#policy/judge-imports'
import { RULE_TRAITS } from '#model/rule-traits'
import type { UseOf } from '#policy/imports/package-use'
import { step } from '../trace.ts'
import type { JudgedPackage, World } from './world.ts'

/** What a run knows of imports. */
export interface ImportsRun {
  /** How packages are used, by the places where they lie. */
  useOf: UseOf
  findings: Finding[]
  /** Absent where the scan failed. */
  graph?: ImportGraph
  /** What only whoever asked for the run can mend. */
  refused?: Failure
}

/** What is looked at. */
export interface ImportsQuestion {
  request: Pick<RunRequest, 'policy'>
  inventory: Inventory
  /** Locations of the workspaces that the run is narrowed to; empty for all. */
  workspaces: readonly string[]
}

/**
 * Scans and judges where the policy asks for it; undefined where it does not. Waits a moment first, so that all
 * questions that were put can go out: reading files holds up whoever waits for an answer. Never rejects but for a bug.
 */
export async function runImports(
  { request: { policy }, inventory, workspaces }: ImportsQuestion,
  world: Pick<World, 'scanImports'>,
): Promise<ImportsRun | undefined> {
  const { imports } = policy
  if (imports === undefined) return undefined
  await setImmediate()
  const scanned: Outcome<ImportGraph> = await step('scan-imports', () => world.scanImports(imports))
  if (!scanned.ok) {
    const { failure } = scanned
    const refused = failure.code === 'parser-missing' && { refused: failure }
    return { useOf: unknownUse, findings: [unreadableProject(failure)], ...refused }
  }
  return step('judge-imports', () => {
    const about = importCase(scanned.value, imports, inventory)
    const isWanted = inWorkspaces(workspaces, [...about.packages.keys()])
    return {
      useOf: packageUse(about),
      findings: judgeImports(about).filter(({ location }) => isWanted(location?.file ?? '')),
      graph: scanned.value,
    }
  })
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

/**
 * What a run that judges a change does not see: a package that was there before is judged by nobody, although a changed
 * file may have made it ship.
 */
export function unseenUse({ policy, base }: Pick<RunRequest, 'policy' | 'base'>): Warning[] {
  if (base === undefined || policy.licenses.notShipped === undefined) return []
  return [
    {
      code: 'use-not-compared',
      message:
        'A package that was there before may ship since this change: whether its licence allows that is judged by depgate check, not by diff.',
    },
  ]
}

/** Whether a file belongs to one of the workspaces that were asked for; `all` are the places of every own package. */
function inWorkspaces(wanted: readonly string[], all: readonly string[]): (file: string) => boolean {
  if (wanted.length === 0) return () => true
  const longestFirst = all.filter((place) => place !== '.').toSorted((a, b) => b.length - a.length)
  return (file) => wanted.includes(longestFirst.find((place) => file.startsWith(`${place}/`)) ?? '.')
}
