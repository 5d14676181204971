/** Shows one package to a person who is to say what its licence is: the claims, and each licence file as it was read. */
import type { TextRole } from '#model/claim'
import type { PackageReport } from '#model/run-report'
import { display } from './display.ts'
import { claimLines } from './explain.ts'
import { licenseText } from './list.ts'
import { wordDiff } from './text-diff.ts'
import type { DiffStyle, WordDifferences } from './text-diff.ts'
import { hanging, painter, wrap } from './text-layout.ts'

/** One licence file of the installed copy. */
export interface FileReading {
  file: string
  role: TextRole
  /** Hex; absent for a file that could not be read. */
  sha256?: string
  /** What it is by its words, as a clause. */
  is: string
  /** The known text that comes nearest, and where the file differs from it. */
  nearest?: { id: string; differences: WordDifferences }
  /** The beginning of a file that is like no known text. */
  excerpt?: string[]
}

const LABEL_WIDTH = 12
const ROLES: Record<TextRole, string> = {
  package: 'speaks for the package',
  bundled: 'speaks for parts of others',
  hint: 'can contradict the package, and proves nothing',
}

/** The package as text. */
export function licenseReading(
  entry: PackageReport,
  files: readonly FileReading[],
  style: DiffStyle,
): string {
  const paint = painter(style.color)
  const width = Math.max(30, style.width - LABEL_WIDTH)
  const lines = [paint('bold', display(entry.id)), '']
  const row = (label: string, text: string[]): void => {
    lines.push(...hanging(label, text, 0, LABEL_WIDTH))
  }
  row('licence', [
    entry.license === null ? licenseText(entry) : `${licenseText(entry)}  (${entry.conclusion})`,
  ])
  if (entry.verdict === 'pass') row('', ['it passes as it is; what you record here would count instead'])
  row(
    'claims',
    entry.claims.filter(({ text }) => text === undefined).flatMap((claim) => claimLines(claim, width)),
  )
  row(
    'lies in',
    entry.locations.map((location) => display(location)),
  )
  for (const file of files) lines.push('', ...fileLines(file, style))
  if (files.length === 0 && entry.installed) lines.push('', 'No licence file was found in it.')
  return `${lines.join('\n')}\n`
}

function fileLines({ file, role, sha256, is, nearest, excerpt }: FileReading, style: DiffStyle): string[] {
  const paint = painter(style.color)
  const name = display(file)
  const lines = [`${paint('bold', name)} (${ROLES[role]})`]
  if (sha256 !== undefined) lines.push(`  sha256 ${sha256}`)
  lines.push(...wrap(display(is, 1000), style.width - 2).map((line) => `  ${line}`))
  if (nearest !== undefined) {
    lines.push(
      `  - only in ${display(nearest.id)}, + only in ${name}; without case and punctuation:`,
      '',
      ...wordDiff(nearest.differences, style),
    )
  }
  // Cut, not wrapped: it is there to recognise the file by, not to be read instead of it.
  const width = style.width - 6
  for (const line of excerpt ?? [])
    lines.push(`    | ${display(line.replaceAll('\t', '  '), width - 1)}`.trimEnd())
  return lines
}
