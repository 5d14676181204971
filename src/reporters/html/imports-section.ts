/** What the source files import: folders and packages as a picture, circles, and what is not known. */
import type { CycleReport, ImportFolder, ImportsReport } from '#model/imports-report'
import { pictureOf } from '../imports/picture.ts'
import type { Picture, PictureEdge, PictureNode } from '../imports/picture.ts'
import { counted, figure } from './figures.ts'
import { markup } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { matrixPicture } from './matrix.ts'
import type { MatrixCell, MatrixLine } from './matrix.ts'
import { code, folded, mark, packageId, section, table } from './parts.ts'

/** Files of a circle that are shown. */
const MAX_CIRCLE = 12

const CELL_WORDS: Readonly<Record<PictureEdge['kind'], string>> = {
  plain: '',
  types: '; types alone, of which nothing is left when the program runs',
  round: '; that folder leads here by other files',
  circle: '; files of both import each other in a circle',
}

/** The section. */
export function importsSection(report: ImportsReport): Markup {
  const { files, folders, allCycles } = report
  if (files === 0) {
    return section('imports', 'What the code imports', markup`<p class="calm">There is no source file.</p>`)
  }
  const picture = pictureOf(report)
  return section(
    'imports',
    'What the code imports',
    [
      notKnown(folders),
      allCycles === 0
        ? markup`<p class="calm">No file is part of a circle of imports.</p>`
        : circles(report.cycles, allCycles),
      folders.length > 1 && folderMatrix(picture),
      packageMatrix(picture),
      packageTable(report),
    ],
    `${counted(files, 'source file')} in ${counted(folders.length, 'folder')}, folded so that all of it can be looked at.`,
  )
}

function folderMatrix(picture: Picture): Markup {
  const folders = linesOf(picture, (kind) => kind === 'folder')
  const cells = cellsBetween(picture, folders, folders)
  const back = cells.filter(({ kind }) => kind === 'round' || kind === 'circle').length
  return markup`
    <h3>Folders</h3>
    <p class="about">A row imports what its columns name, as often as the number says. What is imported stands before what imports it: below the diagonal everything goes one way, above it something goes back.</p>
    <figure>${matrixPicture({
      rows: folders,
      columns: folders,
      cells,
      words: `Which of ${counted(folders.length, 'folder')} imports which: ${counted(cells.length, 'pair')}, ${back === 0 ? 'none of them goes round' : `${figure(back)} of them in circles`}`,
    })}<figcaption class="legend">${legend(cells)}</figcaption></figure>`
}

function packageMatrix(picture: Picture): Part {
  const folders = linesOf(picture, (kind) => kind === 'folder')
  const packages = linesOf(picture, (kind) => kind !== 'folder')
  const cells = cellsBetween(picture, folders, packages)
  if (packages.length === 0) return undefined
  const using = new Set(cells.map(({ row }) => row))
  return markup`
    <h3>Packages</h3>
    <figure>${matrixPicture({
      rows: folders.filter(({ id }) => using.has(id)),
      columns: packages,
      cells,
      words: `Which folder imports which of ${counted(packages.length, 'package')}`,
    })}<figcaption class="legend">${legend(cells)}</figcaption></figure>`
}

const LEGEND: Readonly<Record<PictureEdge['kind'], string>> = {
  plain: 'imports; darker where there are more',
  types: 'types alone',
  round: 'back to a folder that leads here by other files',
  circle: 'files in a circle',
}

function legend(cells: readonly MatrixCell[]): Markup[] {
  const kinds = new Set(cells.map(({ kind }) => kind))
  return (['plain', 'types', 'round', 'circle'] as const).flatMap((kind) =>
    kinds.has(kind) ? [markup`<span><span class="box ${kind}"></span>${LEGEND[kind]}</span>`] : [],
  )
}

function linesOf({ nodes }: Picture, wanted: (kind: PictureNode['kind']) => boolean): MatrixLine[] {
  return nodes
    .filter(({ kind }) => wanted(kind))
    .map(({ id, label, inCircles }) => ({ id, label, isBad: inCircles }))
}

function cellsBetween(
  { nodes, edges }: Picture,
  rows: readonly MatrixLine[],
  columns: readonly MatrixLine[],
): MatrixCell[] {
  const labels = new Map(nodes.map(({ id, label }) => [id, label]))
  const [down, across] = [new Set(rows.map(({ id }) => id)), new Set(columns.map(({ id }) => id))]
  return edges
    .filter(({ from, to }) => down.has(from) && across.has(to))
    .map(({ from, to, imports, kind }) => ({
      row: from,
      column: to,
      number: imports,
      kind,
      words: `${labels.get(from) ?? ''} imports ${labels.get(to) ?? ''}: ${counted(imports, 'import')}${CELL_WORDS[kind]}`,
    }))
}

function notKnown(folders: readonly ImportFolder[]): Part {
  const sum = (of: (folder: ImportFolder) => number): number =>
    folders.reduce((total, folder) => total + of(folder), 0)
  const [unread, unknown, lost] = [
    sum((one) => one.unread),
    sum((one) => one.unknown),
    sum((one) => one.lost),
  ]
  const parts = [
    unread > 0 && `what ${counted(unread, 'file')} ${unread === 1 ? 'imports' : 'import'}`,
    unknown > 0 && `where ${counted(unknown, 'import')} by an expression ${unknown === 1 ? 'leads' : 'lead'}`,
    lost > 0 && `what is meant by ${counted(lost, 'import')} that ${lost === 1 ? 'leads' : 'lead'} nowhere`,
  ].filter((part) => part !== false)
  if (parts.length === 0) return undefined
  return markup`<p class="note">${mark('not known', 'incomplete')} Nobody knows ${parts.join(', or ')}.</p>`
}

function circles(cycles: readonly CycleReport[], all: number): Markup {
  const [shown, more] = [cycles.map((cycle) => circleItem(cycle)), all - cycles.length]
  const list = markup`<ol class="circles">${shown}</ol>${more > 0 && markup`<p class="calm">and ${counted(more, 'more circle')}</p>`}`
  return markup`
    <h3>Circles <span class="tally">${counted(all, 'group')} of files that import each other</span></h3>
    ${shown.length > 5 ? folded('Show them', list) : list}`
}

function circleItem({ size, circle }: CycleReport): Markup {
  const steps = circle
    .slice(0, MAX_CIRCLE)
    .map(({ file, line }) => markup`<li>${code(`${file}:${line}`)}</li>`)
  const isCut = circle.length > MAX_CIRCLE
  const back = isCut ? markup`<li>…</li>` : markup`<li>${code(circle[0]?.file ?? '')}</li>`
  return markup`<li>${mark(size === 1 ? 'imports itself' : counted(size, 'file'), 'violation')}<ol class="path">${steps}${back}</ol></li>`
}

function packageTable({ packages, ties }: ImportsReport): Part {
  if (packages.length === 0) return undefined
  const rows = packages.map(({ name, kind, files, typeOnly }): Part[] => {
    const from = ties.filter((tie) => tie.kind === kind && tie.to === name).map((tie) => tie.from)
    const folders = from.slice(0, 6).map((path, at) => markup`${at > 0 && ', '}${code(path)}`)
    return [
      packageId(name),
      figure(files),
      typeOnly ? 'types alone' : 'at run time',
      markup`${folders}${from.length > 6 && ` and ${from.length - 6} more`}`,
    ]
  })
  return folded(
    `All ${counted(packages.length, 'imported package')}, parts of Node among them`,
    table('Imported packages', ['Package', 'Files', 'Used', 'Imported in'], rows),
  )
}
