/** `depgate explain <package>`: everything known about one package; works without a policy. */
import { allPaths } from '#collectors/paths'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { PackageReport } from '#model/run-report'
import { safeJson } from '#reporters/display'
import { explainPackage } from '#reporters/explain'
import type { Explanation } from '#reporters/explain'
import { findPackages, notFound } from '../find-package.ts'
import { runOptions } from '../options.ts'
import type { RunFlags } from '../options.ts'
import { runForTerminal } from '../run-for-terminal.ts'
import type { TerminalOutcome } from '../run-for-terminal.ts'
import { deliver, printError, terminalWidth, wantsColor } from '../terminal.ts'

/** Paths shown of one package. */
const MAX_PATHS = 20

/** Explains each version of the package that is in the tree; exit code 2 if none is, 3 if there is no tree. */
export async function explain(wanted: string, flags: RunFlags): Promise<ExitCode> {
  const outcome = await runForTerminal(
    { ...runOptions(flags, 'explain'), policyOptional: true, wantsInventory: true },
    flags,
  )
  if (outcome.kind !== 'report') return outcome.exitCode
  const { report, inventory } = outcome
  if (inventory === undefined) {
    const [finding] = report.findings
    await printError(`depgate: ${finding?.message ?? 'there is no tree to look at'}\n${finding?.fix ?? ''}\n`)
    return EXIT_CODE.incomplete
  }
  const found = findPackages(wanted, report.packages)
  if (found.length === 0) {
    await printError(`depgate: ${notFound(wanted, report.packages)}\n`)
    return EXIT_CODE.usage
  }
  const explanations = found.map((entry) => explanationOf(entry, outcome))
  const style = { width: terminalWidth(), color: wantsColor(flags), quiet: false }
  const text =
    flags.format === 'json'
      ? `${safeJson(explanations, 2)}\n`
      : explanations.map((explanation) => explainPackage(explanation, style)).join('\n')
  return deliver(text, flags, EXIT_CODE.pass)
}

function explanationOf(
  entry: PackageReport,
  { report, inventory, judged }: Extract<TerminalOutcome, { kind: 'report' }>,
): Explanation {
  const paths = inventory === undefined ? entry.paths : allPaths(inventory, entry.id, MAX_PATHS + 1)
  return {
    entry,
    findings: report.findings.filter((finding) => finding.package === entry.id),
    paths: paths.slice(0, MAX_PATHS),
    morePaths: paths.length > MAX_PATHS,
    judged,
  }
}
