/** Which source file a built one is made of, as far as a configuration of TypeScript's says so. */
import { below, parentOf } from '#collectors/tree-location'
import type { ConfigsFor } from './nearest-tsconfig.ts'

/** The source file that a built one is made of; undefined where nobody says. */
export type SourceOf = (built: string) => string | undefined

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

/** Folders of an own package by the location of the file's package; `isSource` knows all source files. */
export function openSourceOf(
  configsFor: ConfigsFor,
  packageOf: (folder: string) => string,
  isSource: (path: string) => boolean,
): SourceOf {
  return (built) => {
    const location = packageOf(parentOf(built))
    for (const { outDir, rootDir, path } of configsFor(location)) {
      if (outDir === undefined || outDir === location || !built.startsWith(`${outDir}/`)) continue
      const rest = built.slice(outDir.length + 1)
      const home = parentOf(path)
      // Without `rootDir` it is the folder that holds all that is compiled: that of the configuration, or its `src`.
      for (const root of rootDir === undefined ? [home, below(home, 'src')] : [rootDir]) {
        const found = candidates(below(root, rest)).find(isSource)
        if (found !== undefined) return found
      }
    }
    return undefined
  }
}

/** Every file that the path may have been before it was compiled. */
export function candidates(path: string): string[] {
  const made = MADE_OF.find(({ ending }) => path.endsWith(ending))
  const stem = path.slice(0, path.length - (made?.ending.length ?? 0))
  return made === undefined ? [path] : made.sources.map((ending) => stem + ending)
}
