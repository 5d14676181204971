/** What the project's own source files import, and what each of those imports leads to. */

/** How a file asks for something. */
export type ImportForm =
  /** `import … from 'a'`, `import 'a'` */
  | 'import'
  /** `export … from 'a'` */
  | 're-export'
  /** `import('a')` */
  | 'dynamic-import'
  /** `require('a')`, and `import a = require('a')` */
  | 'require'
  | 'require-resolve'
  | 'import-meta-resolve'
  /** `import.meta.glob('./a/*.ts')` and `require.context('./a')`: one import for each file that is meant */
  | 'glob-import'
  /** `import('a').T` where a type stands */
  | 'import-type'
  /** `/// <reference types="a" />` */
  | 'types-reference'
  /** `/// <reference path="./a.d.ts" />` */
  | 'path-reference'
  /** `new URL('./a', import.meta.url)` */
  | 'asset-url'
  /** `@jsxImportSource a`, by comment or by tsconfig, where the file has JSX */
  | 'jsx-source'

/** One import as it is written. */
export interface ImportSite {
  /** Exactly as it is written; null where it is an expression that nobody can know. */
  specifier: string | null
  form: ImportForm
  /** Nothing of it is left when the program runs. */
  typeOnly: boolean
  /**
   * It is for types alone because each of its names says so, and not the statement: a compiler that leaves imports as they
   * are written leaves `import {} from 'a'`, which loads it. Only in what one file says by itself.
   */
  mayStay?: true
  /**
   * Compilers drop it, because its names stand only where types do. Found out where a circle of imports depends on it, or
   * whether a package of types is enough; no reason to take a package for one that does not ship: not every program is compiled.
   */
  erased?: true
  /** 1-based, of the specifier. */
  line: number
  /** 1-based, in UTF-16 units, of the specifier. */
  column: number
}

/** Why the imports of a file are not known. */
export interface SourceProblem {
  code: 'syntax' | 'too-large' | 'too-deep' | 'binary' | 'encoding' | 'unreadable' | 'changed-meanwhile'
  /** One sentence, without the file's name. */
  message: string
  /** 1-based. */
  line?: number
  column?: number
}

/** What the content of one file says; with a problem nothing is said of its imports. */
export type ParsedSource =
  | {
      imports: ImportSite[]
      /** Where JSX begins that no comment names a source for: what a tsconfig.json names is imported there. 1-based. */
      jsx?: { line: number; column: number }
    }
  | { problem: SourceProblem }

/** What an import leads to. */
export type ImportTarget =
  /** A file of the project: path below the project with `/`, whether scanned or not (JSON, CSS). */
  | { kind: 'file'; path: string }
  /**
   * A package by the name under which a package.json declares it (the alias, if there is one). With `declaredIn` that is
   * one which belongs to no own package, the nearest to the file, and no own package declares it. With `inStyle` a file of
   * styles names it, to which the import leads.
   */
  | { kind: 'package'; name: string; subpath: string; declaredIn?: string; inStyle?: string }
  /** One of the project's own packages by its name; `location` with `.` for the root; `path` if the file is known. */
  | { kind: 'workspace'; name: string; location: string; path?: string }
  /** Part of Node, without `node:`. */
  | { kind: 'builtin'; name: string }
  /** A path, or an entry of package.json `imports` or tsconfig `paths`, at which there is nothing. */
  | { kind: 'missing' }
  /** Leads out of the project. */
  | { kind: 'outside' }
  /** An address, or a scheme of a bundler's: `https:`, `data:`, `virtual:`. */
  | { kind: 'address' }
  /** An expression. */
  | { kind: 'unknown' }

/** One import and what it leads to. */
export interface ResolvedImport extends ImportSite {
  target: ImportTarget
}

/** One source file of the project. */
export interface SourceFile {
  /** Below the project, with `/`. */
  path: string
  /** Location of the project's own package that it belongs to, `.` for the root. */
  workspace: string
  /** sha256 (hex) of its bytes; absent where they could not be read. */
  sha256?: string
  /** In the order in which they stand; empty with a problem, which never means that there are none. */
  imports: ResolvedImport[]
  problem?: SourceProblem
}

/** Where a package.json may declare a dependency. */
export type DeclaredAs = 'dependencies' | 'devDependencies' | 'optionalDependencies' | 'peerDependencies'

/** One of the project's own packages, as far as imports need it. */
export interface OwnPackage {
  /** `.` for the root. */
  location: string
  /** `''` where it has none. */
  name: string
  /** Path of its package.json below the project. */
  manifest: string
  declared: { name: string; spec: string; as: DeclaredAs; line: number; optionalPeer: boolean }[]
  /** Files that others start with: `main`, `module`, `exports`, `bin`, `browser`; as paths below the project, where they are known. */
  entries: string[]
  /** Source files that scripts of package.json name which run where it is installed, or which start the program. */
  started: { path: string; by: 'install' | 'start' }[]
  /** Entries that are there and hold code, but that nobody has read. */
  unread: string[]
  /** Names of packages that a script, a configuration file or another field of package.json uses, and by what. */
  usedByTools: { name: string; by: string }[]
}

/** Everything that was found out about what the project imports. */
export interface ImportGraph {
  /** Sorted by path. */
  files: SourceFile[]
  /** Sorted by location, the root first. */
  packages: OwnPackage[]
  statistics: ScanStatistics
}

/** How much work a scan was. */
export interface ScanStatistics {
  files: number
  bytes: number
  /** Distinct contents. */
  contents: number
  /** Contents parsed in this run, and those whose reading was known, by where. */
  parsed: number
  memory: number
  disk: number
  /** Records that were not believed. */
  rejected: number
  evicted: number
}
