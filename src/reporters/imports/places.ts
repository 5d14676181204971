/** Where a package is imported, and by which way a file comes to it, as lines for a terminal. */
import type { ResolvedImport } from '#model/imports'
import { count } from '../coverage.ts'
import { display } from '../display.ts'
import { longest, painter } from '../text-layout.ts'
import { placeText } from './import-text.ts'
import { importWords } from './import-words.ts'

/** An import and the file in which it stands. */
export interface PlacedImport {
  file: string
  site: ResolvedImport
}

/** Each place that imports a package, and a line break at the end. */
export function placesText(
  name: string,
  places: readonly PlacedImport[],
  { color }: { color: boolean },
): string {
  const paint = painter(color)
  if (places.length === 0) return `${display(name)} is imported nowhere\n`
  const files = new Set(places.map(({ file }) => file)).size
  const head = `${display(name)} is imported at ${count(places.length, 'place')} in ${count(files, 'file')}`
  const rows = places.map(({ file, site }) => [placeText({ ...site, file }), formOf(site), importText(site)])
  const widths = [0, 1].map((column) => longest(rows.map((row) => row[column] ?? '')))
  const lines = rows.map(([place = '', form = '', text = '']) =>
    `${place.padEnd(widths[0] ?? 0)}  ${paint('dim', form.padEnd(widths[1] ?? 0))}  ${text}`.trimEnd(),
  )
  return `${[paint('bold', head), '', ...lines].join('\n')}\n`
}

/** A way from a file to a package, step by step, and a line break at the end. */
export function wayText(
  start: string,
  name: string,
  way: readonly PlacedImport[],
  { color }: { color: boolean },
): string {
  const head = `${display(start)} comes to ${display(name)} by ${count(way.length, 'import')}`
  const lines = way.map(
    ({ file, site }, at) =>
      `${'  '.repeat(at)}${placeText({ ...site, file })}  ${formOf(site)} ${importText(site)}`,
  )
  return `${[painter(color)('bold', head), '', ...lines].join('\n')}\n`
}

function importText(site: ResolvedImport): string {
  return display(importWords(site))
}

function formOf({ form, typeOnly }: ResolvedImport): string {
  return typeOnly && form !== 'import-type' && form !== 'types-reference' ? `${form} of types` : form
}
