/** Which source file a built one is made of, as far as a configuration of TypeScript's says so. */
import { below, parentOf } from '#collectors/tree-location'
import type { ConfigsFor } from './nearest-tsconfig.ts'
import type { TsConfig } from './tsconfig.ts'

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
  const known = new Map<string, readonly Output[]>()

  function outputsOf(location: string): readonly Output[] {
    const before = known.get(location)
    if (before !== undefined) return before
    const found = configsFor(location).flatMap((config) => outputOf(config, location))
    known.set(location, found)
    return found
  }

  function mayBeMadeOf(built: string): string[] {
    const found: string[] = []
    for (const { folder, roots } of outputsOf(packageOf(parentOf(built)))) {
      if (!built.startsWith(folder)) continue
      for (const root of roots) found.push(...beforeCompiling(below(root, built.slice(folder.length))))
    }
    return found
  }

  return { mayBeMadeOf, sourceOf: (built) => mayBeMadeOf(built).find(isSource) }
}

/** A folder that is compiled into. */
interface Output {
  /** With a slash at the end. */
  folder: string
  /** Folders whose files become those in it. */
  roots: readonly string[]
}

function outputOf({ outDir, rootDir, path }: TsConfig, location: string): Output[] {
  if (outDir === undefined || outDir === location || outDir === '') return []
  const home = parentOf(path)
  // Without `rootDir` it is the folder that holds all that is compiled: that of the configuration, or its `src`.
  return [{ folder: `${outDir}/`, roots: rootDir === undefined ? [home, below(home, 'src')] : [rootDir] }]
}

/** Every path that a compiled one may have had. */
function beforeCompiling(path: string): string[] {
  const made = MADE_OF.find(({ ending }) => path.endsWith(ending))
  const stem = path.slice(0, path.length - (made?.ending.length ?? 0))
  return made === undefined ? [path] : made.sources.map((ending) => stem + ending)
}
