/** The runs that are kept, as a table for a terminal: one line a run, the newest last. */
import type { TrendPoint } from '#model/audit'
import { minuteOf } from './audit-words.ts'
import { display } from './display.ts'

const HEADINGS = ['run', 'began', 'verdict', 'packages', 'denied', 'warned', 'unknown', 'open', 'seconds']
/** Columns from here on are numbers, which stand to the right. */
const NUMBERS_FROM = 3
/** Characters of an id that tell runs apart. */
const ID_LENGTH = 8

/** The table with a line break at its end; `paint` makes the heading stand out. */
export function historyTable(points: readonly TrendPoint[], paint: (text: string) => string): string {
  const rows = points.map((point) => [
    display(point.id).slice(0, ID_LENGTH),
    minuteOf(point.startedAt),
    point.verdict,
    String(point.packages),
    String(point.denied),
    String(point.warned),
    String(point.unknown),
    String(point.incomplete),
    (point.durationMs / 1000).toFixed(1),
  ])
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return column < NUMBERS_FROM ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  ')
      .trimEnd()
  return `${[paint(line(HEADINGS)), ...rows.map(line)].join('\n')}\n`
}
