/** One test a package: JUnit, tags and name filters then work on packages without any effort. */
import { describe, test } from 'vitest'
import type { PackageReport, RunReport } from '#model/run-report'
import { terminalReport } from '#reporters/terminal'
import { dependencies } from './selection.ts'
import type { Selection } from './selection.ts'

const STYLE = { width: 100, color: false, quiet: false }

/**
 * Declares one test for each selected package, and one for the tree as a whole. Call it with `await` at the top of a
 * test file: the packages must be known when Vitest collects the tests.
 */
export async function describeDependencies(
  title = 'dependencies may be used',
  selection: Selection = dependencies(),
): Promise<void> {
  const { report, packages } = await selection.resolve()
  describe(title, () => {
    test('the tree could be read and is complete', () => {
      const ofRun = report.findings.filter(
        (finding) => finding.verdict !== 'pass' && !packages.some((entry) => entry.id === finding.package),
      )
      const ofTree = ofRun.filter(
        (finding) =>
          finding.package === undefined || !report.packages.some(({ id }) => id === finding.package),
      )
      if (ofTree.length > 0) throw new Error(terminalReport({ ...report, findings: ofTree }, STYLE))
    })
    for (const entry of packages) {
      test(testName(entry), () => {
        if (entry.verdict !== 'pass') throw new Error(packageText(report, entry))
      })
    }
  })
}

/** Ids may stand twice, from two sources. */
function testName(entry: PackageReport): string {
  return entry.source === 'registry' ? entry.id : `${entry.id} (${entry.source})`
}

function packageText(report: RunReport, entry: PackageReport): string {
  return terminalReport(
    {
      ...report,
      verdict: entry.verdict,
      packages: [entry],
      findings: report.findings.filter((finding) => finding.package === entry.id),
      coverage: {
        ...report.coverage,
        notInstalled: report.coverage.notInstalled.filter((id) => id === entry.id),
      },
    },
    STYLE,
  )
}
