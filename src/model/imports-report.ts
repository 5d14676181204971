/** What a run report says of imports: the graph folded to folders, so that it stays small however many files there are. */

/** Folders that a folded graph has at most. */
export const MAX_FOLDERS = 40

/** A folder of source files, with all below it that is no folder of the report itself; a file, where nothing is folded. */
export interface ImportFolder {
  /** Below the project, with `/`; `.` for the project's own folder. */
  path: string
  /** Source files. */
  files: number
  /** Those of them whose imports are not known. */
  unread: number
  /** Imports that are expressions, of which nobody can know where they lead. */
  unknown: number
  /** Imports that lead nowhere, or out of the project. */
  lost: number
  /** Files of it that are part of a circle of files. */
  inCircles: number
}

/** A package, or a part of Node, that source files import. */
export interface ImportedPackage {
  /** As it is declared; a part of Node with `node:`. */
  name: string
  /** `own` for one of the project's own packages of which the file is not known. */
  kind: 'package' | 'builtin' | 'own'
  /** Source files that import it. */
  files: number
  /** Nothing of it is left when the program runs, wherever it is imported. */
  typeOnly: boolean
}

/** All imports of one folder that lead to one other folder, or to one package. */
export interface ImportTie {
  /** Path of a folder of the report. */
  from: string
  /** Path of a folder or name of a package of the report. */
  to: string
  kind: 'folder' | ImportedPackage['kind']
  imports: number
  /** Those of which nothing is left when the program runs. */
  typeOnly: number
  /** Those that are part of a circle of files. */
  inCircles: number
  /** The other folder leads back to this one when the program runs, if not file by file. */
  round: boolean
}

/** Files that import each other in a circle. */
export interface CycleReport {
  /** Files of which each leads to each other. */
  size: number
  /** A shortest circle: the file, and the line on which it imports the next one; the last one imports the first. */
  circle: { file: string; line: number }[]
}

/** The part of a run report about imports. */
export interface ImportsReport {
  /** Source files. */
  files: number
  /** Sorted so that a folder stands behind those that it imports, as far as there are no circles. */
  folders: ImportFolder[]
  /** Sorted by name. */
  packages: ImportedPackage[]
  /** Sorted by `from` and `to`. */
  ties: ImportTie[]
  /** Circles of files, the first ones; those of types alone are none. */
  cycles: CycleReport[]
  /** How many circles there are in all. */
  allCycles: number
}
