/** Generates large projects: a tree of any size with real nesting, on disk, with its lockfile. */
import { SHAPES } from '../../bench/tree-shapes.mjs'
import type { FakeProject } from './project.ts'

/** Licences dealt out over a generated tree. */
const LICENSES = ['MIT', 'ISC', 'Apache-2.0', 'BSD-3-Clause', 'MIT OR Apache-2.0']

/** A project of `count` packages, in the mixed shape that the bench measures too. */
export function generateTree(count: number): FakeProject {
  const { dependencies, packages } = SHAPES.mixed(count)
  return {
    dependencies,
    packages: packages.map((entry, at) =>
      Object.assign(entry, {
        license: LICENSES[at % LICENSES.length],
        manifest: { description: 'a generated package '.repeat(8) },
      }),
    ),
  }
}
