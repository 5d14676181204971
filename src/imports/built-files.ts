/** Which source file a built one is made of, as far as a configuration of TypeScript's says so. */
import { below, parentOf } from '#collectors/tree-location'
import type { ConfigsFor } from './nearest-tsconfig.ts'

/** What is known of built files. Paths are below the project, and may hold a star. */
export interface BuiltFiles {
  /** All that a built file may be made of, the likeliest first. */
  mayBeMadeOf(built: string): string[]
  /** The source file that it is made of; undefined where nobody says. */
  sourceOf(built: string): string | undefined
}

/** What an ending of a built file may have been. */
const MADE_OF: readonly { ending: string; sources: readonly string[] }[] = [
  { ending: '.d.ts', sources: ['.ts', '.tsx'] },
  { ending: '.d.mts', sources: ['.mts'] },
  { ending: '.d.cts', sources: ['.cts'] },
  { ending: '.js', sources: ['.ts', '.tsx', '.js', '.jsx'] },
  { ending: '.jsx', sources: ['.tsx', '.jsx'] },
  { ending: '.mjs', sources: ['.mts', '.mjs'] },
  { ending: '.cjs', sources: ['.cts', '.cjs'] },
]

/** `packageOf` knows the location of the own package that a folder belongs to, `isSource` all source files. */
export function openBuiltFiles(
  configsFor: ConfigsFor,
  packageOf: (folder: string) => string,
  isSource: (path: string) => boolean,
): BuiltFiles {
  function mayBeMadeOf(built: string): string[] {
    const location = packageOf(parentOf(built))
    return configsFor(location).flatMap(({ outDir, rootDir, path }) => {
      if (outDir === undefined || outDir === location || !built.startsWith(`${outDir}/`)) return []
      const rest = built.slice(outDir.length + 1)
      const home = parentOf(path)
      // Without `rootDir` it is the folder that holds all that is compiled: that of the configuration, or its `src`.
      const roots = rootDir === undefined ? [home, below(home, 'src')] : [rootDir]
      return roots.flatMap((root) => beforeCompiling(below(root, rest)))
    })
  }
  return { mayBeMadeOf, sourceOf: (built) => mayBeMadeOf(built).find(isSource) }
}

/** Every path that a compiled one may have had. */
function beforeCompiling(path: string): string[] {
  const made = MADE_OF.find(({ ending }) => path.endsWith(ending))
  const stem = path.slice(0, path.length - (made?.ending.length ?? 0))
  return made === undefined ? [path] : made.sources.map((ending) => stem + ending)
}
