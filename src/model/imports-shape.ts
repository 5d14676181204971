/** Tells the part of a report about imports from anything else. */
import type {
  CycleReport,
  ImportedPackage,
  ImportFolder,
  ImportsReport,
  ImportTie,
} from './imports-report.ts'
import { count, flag, list, oneOf, shape, text } from './shape.ts'

/** What a report says of imports. */
export const importsShape = shape<ImportsReport>({
  files: count,
  folders: list(
    shape<ImportFolder>({
      path: text,
      files: count,
      unread: count,
      unknown: count,
      lost: count,
      inCircles: count,
    }),
  ),
  packages: list(
    shape<ImportedPackage>({
      name: text,
      kind: oneOf(['package', 'builtin', 'own']),
      files: count,
      typeOnly: flag,
    }),
  ),
  ties: list(
    shape<ImportTie>({
      from: text,
      to: text,
      kind: oneOf(['folder', 'package', 'builtin', 'own']),
      imports: count,
      typeOnly: count,
      inCircles: count,
      round: flag,
    }),
  ),
  cycles: list(
    shape<CycleReport>({
      size: count,
      circle: list(shape<CycleReport['circle'][number]>({ file: text, line: count })),
    }),
  ),
  allCycles: count,
})
