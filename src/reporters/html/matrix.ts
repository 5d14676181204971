/** A matrix as a picture: rows that import, columns that are imported, and how often where they meet. */
import { figure } from './figures.ts'
import { clipped, markup } from './markup.ts'
import type { Markup } from './markup.ts'

/** A row or a column. */
export interface MatrixLine {
  id: string
  label: string
  /** Its files are part of a circle. */
  isBad: boolean
}

/** Where a row and a column meet. */
export interface MatrixCell {
  row: string
  column: string
  number: number
  /** A class of the style sheet that says what kind of cell this is. */
  kind: string
  /** What a pointer that rests on it is told. */
  words: string
}

/** What is drawn. */
export interface Matrix {
  rows: readonly MatrixLine[]
  columns: readonly MatrixLine[]
  cells: readonly MatrixCell[]
  /** What the picture says, for those who do not see it. */
  words: string
}

const CELL = 21
/** Characters of a label beside a row and above a column; of a longer one the end tells more. */
const FITS = { row: 30, column: 24 } as const
/** A wide character of a label. */
const LETTER = 6.6
/** Numbers of imports from which on a cell is darker. */
const STEPS = [1, 3, 10, 30, 100] as const

/** The picture. */
export function matrixPicture({ rows, columns, cells, words }: Matrix): Markup {
  const rowAt = new Map(rows.map(({ id }, at) => [id, at]))
  const columnAt = new Map(columns.map(({ id }, at) => [id, at]))
  const [left, top] = [room(rows, FITS.row), room(columns, FITS.column)]
  const [right, bottom] = [left + columns.length * CELL, top + rows.length * CELL]
  const [width, height] = [right + 4, bottom + 4]
  return markup`
    <div class="matrix" tabindex="0" role="group" aria-label="${words}"><svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${words}">
    ${rows.map(({ label, isBad }, at) => markup`<text class="${isBad ? 'bad' : 'name'}" x="${left - 8}" y="${top + at * CELL + CELL * 0.67}" text-anchor="end">${ending(label, FITS.row)}</text>`)}
    ${columns.map(({ label, isBad }, at) => markup`<text class="${isBad ? 'bad' : 'name'}" transform="translate(${left + at * CELL + CELL * 0.67} ${top - 8}) rotate(-90)">${ending(label, FITS.column)}</text>`)}
    ${rows.map((_, at) => markup`<line class="ground" x1="${left}" x2="${right}" y1="${top + at * CELL}" y2="${top + at * CELL}"/>`)}
    ${columns.map((_, at) => markup`<line class="ground" x1="${left + at * CELL}" x2="${left + at * CELL}" y1="${top}" y2="${bottom}"/>`)}
    <line class="ground" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}"/><line class="ground" x1="${right}" x2="${right}" y1="${top}" y2="${bottom}"/>
    ${rows.map(({ id, isBad }, at) => {
      const across = columnAt.get(id)
      return (
        across !== undefined &&
        markup`<rect class="${isBad ? 'self circle' : 'self'}" x="${left + across * CELL + 1}" y="${top + at * CELL + 1}" width="${CELL - 2}" height="${CELL - 2}"/>`
      )
    })}
    ${cells.map((cell) => {
      const [down, across] = [rowAt.get(cell.row), columnAt.get(cell.column)]
      if (down === undefined || across === undefined) return undefined
      return cellPart(cell, left + across * CELL, top + down * CELL)
    })}</svg></div>`
}

function cellPart({ number, kind, words }: MatrixCell, x: number, y: number): Markup {
  const shade = STEPS.filter((least) => number >= least).length
  return markup`<g class="cell ${kind} s${shade}"><title>${words}</title><rect x="${x + 1}" y="${y + 1}" width="${CELL - 2}" height="${CELL - 2}"/><text x="${x + CELL / 2}" y="${y + CELL * 0.65}" text-anchor="middle">${number > 999 ? '1k+' : figure(number)}</text></g>`
}

/** What the longest label takes. */
function room(lines: readonly MatrixLine[], most: number): number {
  const longest = Math.max(0, ...lines.map(({ label }) => label.length))
  return Math.round(16 + Math.min(longest, most) * LETTER)
}

function ending(label: string, most: number): Markup {
  return label.length <= most ? clipped(label, most) : markup`…${clipped(label.slice(1 - most), most)}`
}
