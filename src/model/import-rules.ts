/** What a policy says about imports: which files are looked at, what ships, and what is objected to. */
import type { Location, Severity } from './finding.ts'

/** A group of files, and all that they may import. */
export interface Layer {
  name: string
  /** Globs. */
  files: string[]
  /** Names of other layers, and globs of other files. */
  imports: string[]
  /** `name`, `name/subpath`, `@scope/*` or `*`; absent where any may be imported. */
  packages?: string[]
  /** `node:name` or `node:*`; absent where any may be imported. */
  builtins?: string[]
  location: Location
}

/** A package, or a part of Node, that some files must not import. */
export interface ImportBan {
  /** `name`, `name/subpath`, `@scope/*`, `node:name` or `node:*`. */
  import: string
  /** Globs; empty for every file. */
  in: string[]
  /** Globs of files in which it does not hold. */
  except: string[]
  reason: string
  /** What to use instead. */
  use?: string
  location: Location
}

/** Rules about what source files import. */
export interface ImportRules {
  /** Globs of the only files that are looked at; empty for every source file. */
  files: string[]
  /** Globs of files that are not looked at. */
  ignore: string[]
  /** Globs of the files with which what ships begins; empty where package.json and well-known names decide. */
  production: string[]
  undeclared: Severity | 'off'
  unresolved: Severity | 'off'
  unreadable: Severity
  unused: Severity | 'off'
  devInProduction: Severity | 'off'
  couldBeDev: Severity | 'off'
  typeOnlyInProduction: Severity | 'off'
  misplaced: Severity | 'off'
  cycles: Severity | 'off'
  layers: Layer[]
  ban: ImportBan[]
  location: Location
}

/** Where no policy says anything: nothing is left out, and nothing is objected to but what nobody can read. */
export const NO_IMPORT_RULES: Readonly<Omit<ImportRules, 'location'>> = {
  files: [],
  ignore: [],
  production: [],
  undeclared: 'off',
  unresolved: 'off',
  unreadable: 'deny',
  unused: 'off',
  devInProduction: 'off',
  couldBeDev: 'off',
  typeOnlyInProduction: 'off',
  misplaced: 'off',
  cycles: 'off',
  layers: [],
  ban: [],
}
