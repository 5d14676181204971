/** The public face of depgate as a library. */
export { run } from './run.ts'
export type { RunOptions, RunOutcome } from './run.ts'
export type { Progress } from './run/supervise.ts'
export { metrics } from '#metrics/plug-in'
export type { CountEvent, LevelEvent, SpanEvent, StepEvent, TraceEvent } from './trace.ts'
export { EXIT_CODE } from '#model/exit-code'
export type { ExitCode } from '#model/exit-code'
export type { Claim, ConclusionType, LeafDecision, UnknownReason, Witness } from '#model/claim'
export type { Finding, Location, RuleId, Severity, Verdict } from '#model/finding'
export type { DependencyKind, SourceType } from '#model/inventory'
export type { OperationMetrics, RunMetrics } from '#model/metrics'
export type {
  Coverage,
  FirstPartyPackage,
  PackageReport,
  RunReport,
  Traffic,
  Warning,
} from '#model/run-report'
