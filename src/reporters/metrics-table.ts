/** What a run cost, as a table for people. */
import type { OperationMetrics, RunMetrics, TierMetrics } from '#model/metrics'
import { count } from './coverage.ts'
import { display } from './display.ts'
import type { ReportStyle } from './reporter.ts'
import { hanging, painter, wrap } from './text-layout.ts'

const LABEL_WIDTH = 13
/** Limits of one registry that are shown. */
const MAX_SHOWN = 12

/** Figures of an operation, the most telling first: a narrow terminal shows fewer of them. */
const COLUMNS: { title: string; width: number; cell: (entry: OperationMetrics) => string }[] = [
  { title: 'count', width: 8, cell: (entry) => String(entry.count) },
  { title: 'errors', width: 7, cell: (entry) => String(entry.errors) },
  { title: 'total ms', width: 10, cell: (entry) => inMs(entry.totalMs) },
  { title: 'median', width: 9, cell: (entry) => inMs(entry.medianMs) },
  { title: 'p95', width: 9, cell: (entry) => inMs(entry.p95Ms) },
  { title: 'p99', width: 9, cell: (entry) => inMs(entry.p99Ms) },
]

/** The text that follows the report of a run that measured itself. */
export function metricsTable(metrics: RunMetrics, style: ReportStyle): string {
  const line = (label: string, text: string): string[] =>
    hanging(label, wrap(text, style.width - LABEL_WIDTH), 0, LABEL_WIDTH)
  const lines = [
    '',
    ...operationTable(metrics, style),
    '',
    ...line('memory', memoryText(metrics)),
    ...line(
      'processor',
      `${metrics.cpu.userMs.toFixed(0)} ms user, ${metrics.cpu.systemMs.toFixed(0)} ms system`,
    ),
    ...Object.entries(metrics.cache).flatMap(([tier, entry]) => line(`${tier} tier`, tierText(entry))),
    ...(metrics.hitRates.texts === null
      ? []
      : line('texts', `${percent(metrics.hitRates.texts)} of the readings were known`)),
    ...(metrics.pool.requests === 0 ? [] : line('pool', poolText(metrics))),
    ...metrics.limiters.flatMap(({ registry, changes, last }) => {
      const shown = changes.slice(0, MAX_SHOWN).map(({ to }) => to)
      const more = changes.length > MAX_SHOWN ? ` … ${last}` : ''
      return line('limit', `${shown.join(' > ')}${more} requests at once, ${display(registry)}`)
    }),
    ...metrics.breakers.flatMap(({ registry, changes, last }) => {
      const opened = changes.filter(({ to }) => to === 'open').length
      return line('breaker', `${last}, opened ${count(opened, 'time')}, ${display(registry)}`)
    }),
  ]
  return `${lines.join('\n')}\n`
}

function operationTable({ operations }: RunMetrics, style: ReportStyle): string[] {
  const entries = Object.entries(operations)
  const nameWidth = Math.max(0, ...entries.map(([name]) => name.length))
  let left = style.width - nameWidth
  const columns = COLUMNS.filter(({ width }) => (left -= width) >= 0)
  const rows = entries.toSorted(([a, x], [b, y]) => rankOf(a) - rankOf(b) || y.totalMs - x.totalMs)
  const header =
    'operation'.padEnd(nameWidth) + columns.map(({ title, width }) => title.padStart(width)).join('')
  return [
    painter(style.color)('dim', header.trimEnd()),
    ...rows.map(
      ([name, entry]) =>
        name.padEnd(nameWidth) + columns.map(({ width, cell }) => cell(entry).padStart(width)).join(''),
    ),
  ]
}

/** Tenths say nothing beyond a minute or two, and would break the columns. */
function inMs(ms: number): string {
  return ms.toFixed(ms < 100_000 ? 1 : 0)
}

/** Steps first. */
function rankOf(name: string): number {
  return name.startsWith('step.') ? 0 : 1
}

function memoryText({ memory }: RunMetrics): string {
  return `${size(memory.start)} at the start, ${size(memory.peak)} at most, ${size(memory.end)} at the end`
}

/** What there is none of is left out. */
function tierText(entry: TierMetrics): string {
  const looked = entry.hits + entry.misses
  const parts = [looked === 0 ? 'never asked' : `${percent(entry.hitRate)} hits (${entry.hits} of ${looked})`]
  if (entry.bytesRead > 0) parts.push(`${size(entry.bytesRead)} read`)
  if (entry.bytesWritten > 0) parts.push(`${size(entry.bytesWritten)} written`)
  if (entry.entries > 0) parts.push(`${size(entry.bytes)} held`)
  if (entry.rejected > 0) parts.push(`${entry.rejected} rejected`)
  if (entry.evictions > 0) parts.push(`${entry.evictions} evicted`)
  return parts.join(', ')
}

function poolText({ pool }: RunMetrics): string {
  return (
    `${count(pool.requests, 'request')} on ${count(pool.sockets, 'socket')}, ` +
    `${percent(pool.reuseRate)} on a used one, ${count(pool.retries, 'retry', 'retries')}, ` +
    `${pool.queuePeak} in the queue at most`
  )
}

function percent(rate: number | null): string {
  return rate === null ? 'none' : `${Math.round(rate * 1000) / 10} %`
}

/** In the unit that fits. */
function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}
