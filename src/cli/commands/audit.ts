/** `depgate audit`: ask everything anew, judge the whole tree, and say what is different from the last time. */
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import { runAudit } from '../../run/audit-run.ts'
import type { AuditOptions } from '../../run/audit-run.ts'
import type { AuditFlags } from '../audit-flags.ts'
import { deliverReport, refuseFormats } from '../deliver-report.ts'
import { runForTerminal } from '../run-for-terminal.ts'
import { printProblem } from '../terminal.ts'

/** Audits; resolves to the exit code. */
export async function audit(flags: AuditFlags): Promise<ExitCode> {
  if (flags.offline === true) {
    await printProblem(
      'an audit asks everything anew, which --offline forbids\n' +
        '  fix: Run `depgate check --offline`, which judges by what is known.',
      flags,
    )
    return EXIT_CODE.usage
  }
  const refused = await refuseFormats(flags)
  if (refused !== undefined) return refused
  const outcome = await runForTerminal({ ...auditOptions(flags), command: 'audit' }, flags, runAudit)
  if (outcome.kind !== 'report') return outcome.exitCode
  return deliverReport(outcome.report, flags, outcome.exitCode)
}

function auditOptions(flags: AuditFlags): AuditOptions {
  const {
    project,
    config,
    deadline,
    from,
    trustNpmrc,
    cacheDir,
    profile,
    runId,
    requestsPerSecond,
    osv,
    notify,
  } = flags
  return {
    project,
    ...(config !== undefined && { config }),
    ...(deadline !== undefined && { deadline }),
    ...(from !== undefined && { from }),
    ...(trustNpmrc !== undefined && { trustNpmrc }),
    ...(cacheDir !== undefined && { cacheDirectory: cacheDir }),
    ...(!flags.cache && { cacheDirectory: false }),
    ...(profile !== undefined && { profile }),
    ...(runId !== undefined && { runId }),
    ...(flags.history !== undefined && { history: flags.history }),
    failOn: flags.failOn,
    ...(osv !== undefined && { osv }),
    ...(notify !== undefined && { notify }),
    ...(requestsPerSecond !== undefined && { requestsPerSecond }),
    ...(flags.performanceMetrics === true && { metrics: true }),
    refresh: flags.refresh === true,
    allowStale: flags.allowStale === true,
    parts: { forecast: flags.forecast, advisories: flags.advisories },
  }
}
