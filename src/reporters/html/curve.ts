/** One figure over the kept runs as a small curve, with the words that say the same. */
import { dayText, share } from './figures.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'

/** A value at a time. */
export interface CurvePoint {
  /** ISO time. */
  at: string
  value: number
}

/** What is drawn. */
export interface Curve {
  title: string
  points: readonly CurvePoint[]
  /** How a value is written. */
  write: (value: number) => string
  /** Whether the axis begins at zero; otherwise at the lowest value. */
  fromZero: boolean
}

const [WIDTH, HEIGHT, MARGIN] = [300, 72, 4]

/** The figure: its last value, the curve, lowest and highest value, first and last day. */
export function curveFigure({ title, points, write, fromZero }: Curve): Markup {
  const values = points.map(({ value }) => value)
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return markup``
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const floor = fromZero ? 0 : low
  const place = placer(points, floor, high)
  const line = points.map((point) => place(point).join(',')).join(' ')
  const [endX, endY] = place(last)
  const bottom = HEIGHT - MARGIN
  const [startX] = place(first)
  const words = `${title}: ${write(first.value)} on ${dayText(first.at)}, ${write(last.value)} on ${dayText(last.at)}; lowest ${write(low)}, highest ${write(high)}`
  return markup`
    <figure class="curve"><figcaption>${title} <b>${write(last.value)}</b></figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words}">
    <line class="ground" x1="0" x2="${WIDTH}" y1="${bottom}" y2="${bottom}"/>
    <polygon class="area" points="${startX},${bottom} ${line} ${endX},${bottom}"/>
    <polyline class="line" points="${line}"/><circle class="end" cx="${endX}" cy="${endY}" r="3.5"/></svg>
    <p class="span"><span>${dayText(first.at)}</span><span>${low === high ? `always ${write(low)}` : `${write(low)} to ${write(high)}`}</span><span>${dayText(last.at)}</span></p></figure>`
}

/** Where a point lies. Runs of one moment, or times that are none, are spread evenly. */
function placer(
  points: readonly CurvePoint[],
  low: number,
  high: number,
): (point: CurvePoint) => [x: number, y: number] {
  const times = points.map(({ at }) => Date.parse(at))
  const [start = 0, end = 0] = [times[0], times.at(-1)]
  const isOrdered = times.every((time, at) => time >= (times[at - 1] ?? start)) && end > start
  const order = new Map(points.map((point, at) => [point, at]))
  const [width, height] = [WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN]
  return (point) => {
    const at = order.get(point) ?? 0
    const along = isOrdered
      ? share(Date.parse(point.at) - start, end - start)
      : share(at, Math.max(1, points.length - 1))
    const up = high === low ? (low === 0 ? 0 : 50) : share(point.value - low, high - low)
    return [rounded(MARGIN + (along / 100) * width), rounded(MARGIN + height - (up / 100) * height)]
  }
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
