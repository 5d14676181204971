/** What a project imports, as tables for a terminal: folders, packages, circles, and what is not known. */
import type { ImportGraph } from '#model/imports'
import type { ImportsReport } from '#model/imports-report'
import { count } from '../coverage.ts'
import { display } from '../display.ts'
import { placeText } from './import-text.ts'
import type { TextStyle } from '../text-layout.ts'
import { longest, painter } from '../text-layout.ts'

/** Rows of the table of packages, circles and places that are shown. */
const [MAX_PACKAGES, MAX_CYCLES, MAX_PLACES] = [60, 10, 10]

/** The overview with a line break at its end. */
export function importOverview(
  graph: ImportGraph,
  report: ImportsReport,
  { color }: { color: boolean },
): string {
  const paint = painter(color)
  const blocks = [
    [paint('bold', `depgate  ${headline(report)}`)],
    folderTable(report, paint),
    packageTable(report, paint),
    circleLines(report, paint),
    notKnownLines(graph, paint),
  ]
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

type Painter = (style: TextStyle, text: string) => string

function headline({ files, packages, allCycles }: ImportsReport): string {
  const number = packages.filter(({ kind }) => kind === 'package').length
  const circles = allCycles === 0 ? 'no circle' : count(allCycles, 'circle')
  return `${count(files, 'source file')}, ${count(number, 'imported package')}, ${circles}`
}

function folderTable({ folders, ties }: ImportsReport, paint: Painter): string[] {
  if (folders.length === 0) return []
  const rows = folders.map(({ path, files }) => {
    const out = ties.filter(({ from }) => from === path)
    return [
      path,
      files,
      out.filter(({ kind }) => kind === 'folder').length,
      ties.filter(({ to, kind }) => to === path && kind === 'folder').length,
      out.filter(({ kind }) => kind !== 'folder').length,
    ]
  })
  return table(['folder', 'files', 'imports folders', 'imported by', 'packages'], rows, paint)
}

function packageTable({ packages, ties }: ImportsReport, paint: Painter): string[] {
  if (packages.length === 0) return []
  const rows = packages.slice(0, MAX_PACKAGES).map(({ name, kind, files, typeOnly }) => {
    const from = ties.filter((tie) => tie.kind === kind && tie.to === name).map((tie) => tie.from)
    const folders =
      from.length > 3 ? `${from.slice(0, 3).join(', ')} and ${from.length - 3} more` : from.join(', ')
    return [name, files, `${folders}${typeOnly ? ' (types only)' : ''}`]
  })
  const more = packages.length - rows.length
  const rest = more > 0 ? [paint('dim', `and ${more} more; --graph json has them all`)] : []
  return [...table(['package', 'files', 'imported in'], rows, paint), ...rest]
}

function circleLines({ cycles, allCycles }: ImportsReport, paint: Painter): string[] {
  const lines = cycles.slice(0, MAX_CYCLES).map(({ size, circle }) => {
    const [first] = circle
    const way = [...circle.map((step) => placeText(step)), display(first?.file ?? '')].join(' > ')
    return `${paint('red', 'circle')}  ${way}${size > circle.length ? ` (${count(size, 'file')} in all)` : ''}`
  })
  return allCycles > lines.length
    ? [...lines, `and ${count(allCycles - lines.length, 'more circle')}`]
    : lines
}

function notKnownLines({ files }: ImportGraph, paint: Painter): string[] {
  const word = paint('yellow', 'not known')
  const unread = files.flatMap(({ path, problem }) =>
    problem === undefined
      ? []
      : [`${word}  ${placeText({ ...problem, file: path })}  ${display(problem.message)}`],
  )
  const at = (wanted: (kind: string) => boolean, words: (specifier: string) => string): string[] =>
    files.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => wanted(target.kind))
        .map(
          (site) =>
            `${word}  ${placeText({ ...site, file: path })}  ${words(display(JSON.stringify(site.specifier)))}`,
        ),
    )
  return [
    ...shortened(unread, 'file'),
    ...shortened(
      at(
        (kind) => kind === 'unknown',
        () => 'imports by an expression',
      ),
      'such import',
    ),
    ...shortened(
      at(
        (kind) => kind === 'missing' || kind === 'outside',
        (specifier) => `${specifier} leads to nothing in the project`,
      ),
      'such import',
    ),
  ]
}

function shortened(lines: readonly string[], noun: string): string[] {
  const more = lines.length - MAX_PLACES
  return more > 0 ? [...lines.slice(0, MAX_PLACES), `and ${count(more, `more ${noun}`)}`] : [...lines]
}

/** Text to the left, numbers to the right, the last column as long as it is. */
function table(
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  paint: Painter,
): string[] {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? display(cell, 200) : String(cell))),
  )
  const widths = headings.map((heading, column) =>
    longest([heading, ...cells.map((row) => row[column] ?? '')]),
  )
  const isNumber = headings.map((_, column) => typeof rows[0]?.[column] === 'number')
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return isNumber[column] === true ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  return [paint('dim', line(headings)), ...cells.map((row) => line(row))]
}
