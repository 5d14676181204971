/** How things went over the kept runs: small curves, and the runs themselves as a table. */
import type { TrendPoint } from '#model/audit'
import { curveFigure } from './curve.ts'
import type { Curve } from './curve.ts'
import { bytesText, durationText, figure } from './figures.ts'
import { markup } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { folded, mark, section, table, time, RUN_WORDS } from './parts.ts'

/** Runs that are drawn and listed, the latest ones. */
const MAX_RUNS = 400

/** The section; undefined where no run is kept. */
export function trendSection(trend: readonly TrendPoint[]): Markup | undefined {
  const points = trend.slice(-MAX_RUNS)
  if (points.length === 0) return undefined
  if (points.length === 1) {
    return section('trend', 'Trend', markup`<p class="calm">One run is kept: a trend needs two.</p>`)
  }
  return section('trend', 'Trend', [
    markup`<div class="curves">${curves(points).map((curve) => curveFigure(curve))}</div>`,
    folded(`The last ${figure(points.length)} runs`, runTable(points)),
  ])
}

function curves(points: readonly TrendPoint[]): Curve[] {
  const over = (
    title: string,
    of: (point: TrendPoint) => number | undefined,
    write: Curve['write'] = figure,
    fromZero = true,
  ): Curve[] => {
    const known = points.flatMap((point) => {
      const value = of(point)
      return value === undefined ? [] : [{ at: point.startedAt, value }]
    })
    return known.length < 2 ? [] : [{ title, points: known, write, fromZero }]
  }
  return [
    ...over('Findings that fail the run', ({ denied }) => denied),
    ...over('Warnings', ({ warned }) => warned),
    ...over('Packages', ({ packages }) => packages, figure, false),
    ...over('Licence unknown', ({ unknown }) => unknown),
    ...over('Duration', ({ durationMs }) => durationMs, durationText),
    ...over('Memory at most', ({ peakMemory }) => peakMemory, bytesText),
  ]
}

function runTable(points: readonly TrendPoint[]): Markup {
  return table(
    'The kept runs, the latest first',
    ['Run', 'Verdict', 'Packages', 'Fail the run', 'Warnings', 'Licence unknown', 'Not checked', 'Duration'],
    points
      .toReversed()
      .map((point): Part[] => [
        time(point.startedAt),
        mark(RUN_WORDS[point.verdict], point.verdict),
        figure(point.packages),
        figure(point.denied),
        figure(point.warned),
        figure(point.unknown),
        figure(point.incomplete),
        durationText(point.durationMs),
      ]),
  )
}
