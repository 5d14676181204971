/** The figures of a run for Prometheus: gauges in the text format that a textfile collector picks up. */
import { ADVISORY_SEVERITIES } from '#model/audit'
import type { AuditReport } from '#model/audit'
import type { Verdict } from '#model/finding'
import { LICENSE_FAMILIES } from '#model/license-family'
import type { RunReport } from '#model/run-report'
import { display } from './display.ts'
import { familyCounts } from './family-counts.ts'
import { partKnown } from './known-text.ts'
import type { ReportStyle } from './reporter.ts'

/** One gauge; every sample carries the project as a label besides its own. */
interface Gauge {
  name: string
  help: string
  samples: { labels?: Readonly<Record<string, string>>; value: number }[]
}

const VERDICTS: readonly Verdict[] = ['pass', 'violation', 'unknown', 'incomplete']

/** The gauges; those of an audit and of families are left out where the report has none. */
export function prometheusReport(report: RunReport, { licenseFamily }: ReportStyle): string {
  const project = report.inputs.project
  const gauges = [
    ...runGauges(report),
    ...findingGauges(report),
    ...(licenseFamily === undefined ? [] : [familyGauge(report, licenseFamily)]),
    ...(report.audit === undefined ? [] : auditGauges(report.audit)),
  ]
  return gauges.map((gauge) => gaugeText(gauge, project)).join('')
}

function runGauges({ tool, run, inputs, verdict, coverage, packages, metrics }: RunReport): Gauge[] {
  const unknown = packages.filter(({ license }) => license === null).length
  const { memory, disk, redis, misses } = run.cache
  return [
    gauge('info', 'The run: version of depgate, command, policy; always 1.', [
      {
        labels: { version: tool.version, command: run.command, policy: inputs.policySha256 ?? '' },
        value: 1,
      },
    ]),
    single('run_timestamp_seconds', 'When the run began, in Unix time.', Date.parse(run.startedAt) / 1000),
    single('run_duration_seconds', 'How long the run took.', run.durationMs / 1000),
    single('run_deadline_seconds', 'How long it might have taken.', run.deadlineMs / 1000),
    gauge(
      'verdict',
      'The verdict of the run: 1 for the one it has, 0 for the others.',
      VERDICTS.map((word) => ({ labels: { verdict: word }, value: word === verdict ? 1 : 0 })),
    ),
    gauge('packages', 'Packages by what became of them; judged, omitted and incomplete are all there are.', [
      { labels: { state: 'judged' }, value: coverage.judged },
      { labels: { state: 'omitted' }, value: coverage.omitted },
      { labels: { state: 'incomplete' }, value: coverage.incomplete },
    ]),
    single('packages_without_license', 'Packages for which no licence was concluded.', unknown),
    single('network_requests', 'Requests to registries.', run.network.requests),
    single('network_failures', 'Requests to registries that failed.', run.network.failures),
    gauge('cache_answers', 'Answers that a cache tier had; none is what no tier had.', [
      { labels: { tier: 'memory' }, value: memory },
      { labels: { tier: 'disk' }, value: disk },
      { labels: { tier: 'redis' }, value: redis },
      { labels: { tier: 'none' }, value: misses },
    ]),
    ...(metrics === undefined
      ? []
      : [single('peak_memory_bytes', 'Most memory that the process held.', metrics.memory.peak)]),
  ]
}

function findingGauges({ findings }: RunReport): Gauge[] {
  const { known, others } = partKnown(findings)
  const rules = new Map<string, { labels: Record<string, string>; value: number }>()
  for (const { rule, severity } of others) {
    const sample = rules.get(`${rule} ${severity}`) ?? { labels: { rule, severity }, value: 0 }
    sample.value += 1
    rules.set(`${rule} ${severity}`, sample)
  }
  const denied = others.filter(({ severity }) => severity === 'deny').length
  return [
    gauge('findings', 'Findings by severity; known are those that the baseline accepts.', [
      { labels: { severity: 'deny' }, value: denied },
      { labels: { severity: 'warn' }, value: others.length - denied },
      { labels: { severity: 'known' }, value: known.length },
    ]),
    gauge('rule_findings', 'Findings by rule, without the known ones.', [...rules.values()]),
  ]
}

function familyGauge(report: RunReport, licenseFamily: NonNullable<ReportStyle['licenseFamily']>): Gauge {
  const counts = familyCounts(report.packages, licenseFamily)
  return gauge(
    'license_packages',
    'Packages by family of their licence and by whether they ship.',
    LICENSE_FAMILIES.flatMap((family) => [
      { labels: { family, scope: 'shipped' }, value: counts.get(family)?.shipped ?? 0 },
      { labels: { family, scope: 'development' }, value: counts.get(family)?.development ?? 0 },
    ]),
  )
}

function auditGauges({ comparison, lapsing, forecast, advisories }: AuditReport): Gauge[] {
  const gauges: Gauge[] = []
  if (comparison !== undefined) {
    gauges.push(
      single('new_findings', 'Findings that the run before had not.', comparison.newFindings.length),
      single('fixed_findings', 'Findings of the run before that are gone.', comparison.fixedFindings.length),
      single('changed_packages', 'Packages that came, went or are different.', comparison.packages.length),
    )
  }
  gauges.push(single('lapsing_entries', 'Exceptions and the like that end within 30 days.', lapsing.length))
  if (forecast !== undefined) {
    const { entries, unanswered } = forecast
    const relicensed = entries.filter((entry) => entry.relicensed.length > 0)
    gauges.push(
      single('relicensed_packages', 'Packages with another licence in a later version.', relicensed.length),
      single(
        'silent_packages',
        'Packages without a release for longer than the policy allows.',
        entries.filter(({ silentSince }) => silentSince !== undefined).length,
      ),
      single('forecast_unanswered', 'Names about which the registry gave no answer.', unanswered.length),
    )
  }
  if (advisories !== undefined) {
    const open = advisories.matches.filter(({ ignored }) => ignored === undefined)
    gauges.push(
      gauge(
        'advisories',
        'Known vulnerabilities of installed versions by severity, without the ignored ones.',
        [...ADVISORY_SEVERITIES, null].map((severity) => ({
          labels: { severity: severity ?? 'unrated' },
          value: open.filter((match) => match.severity === severity).length,
        })),
      ),
      single(
        'advisories_complete',
        '1 if a source of advisories answered that can be relied on, else 0.',
        advisories.status === 'complete' ? 1 : 0,
      ),
    )
  }
  return gauges
}

function gauge(name: string, help: string, samples: Gauge['samples']): Gauge {
  return { name: `depgate_${name}`, help, samples }
}

function single(name: string, help: string, value: number): Gauge {
  return gauge(name, help, [{ value }])
}

function gaugeText({ name, help, samples }: Gauge, project: string): string {
  const lines = samples.map(({ labels, value }) => `${name}{${labelText({ project, ...labels })}} ${value}`)
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines, ''].join('\n')
}

/** In the value of a label the backslash, the quote and the line break are escaped; `display` leaves no line break. */
function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${display(value, 300).replaceAll(/[\\"]/g, (mark) => `\\${mark}`)}"`)
    .join(',')
}
