/** Generates large projects: a tree of any size with real nesting, on disk, with its lockfile. */
import type { FakePackage, FakeProject } from './project.ts'

/** Licences dealt out over a generated tree. */
const LICENSES = ['MIT', 'ISC', 'Apache-2.0', 'BSD-3-Clause', 'MIT OR Apache-2.0']

/**
 * A project of `count` packages: 50 roots, each package with up to three dependencies further on, every tenth package
 * nested below another one in a second version.
 */
export function generateTree(count: number): FakeProject {
  const packages: FakePackage[] = []
  const names: string[] = []
  for (let at = 0; packages.length < count; at += 1) {
    const name = at % 7 === 0 ? `@gen/p${at}` : `p${at}`
    names.push(name)
    packages.push({
      name,
      version: '2.0.0',
      license: LICENSES[at % LICENSES.length],
      manifest: { description: 'a generated package '.repeat(8) },
    })
    if (at > 0 && at % 10 === 0 && packages.length < count) {
      const parent = names[at - 1] ?? name
      packages.push({
        name,
        version: '1.0.0',
        license: 'MIT',
        location: `node_modules/${parent}/node_modules/${name}`,
      })
    }
  }
  const top = new Map(
    packages.filter(({ location }) => location === undefined).map((entry) => [entry.name, entry]),
  )
  const dependencies: Record<string, string> = {}
  names.forEach((name, at) => {
    const entry = top.get(name)
    if (entry === undefined) return
    if (at < 50) dependencies[name] = '^2.0.0'
    else {
      const parent = top.get(names[Math.floor(at / 3)] ?? '')
      if (parent !== undefined) parent.dependencies = { ...parent.dependencies, [name]: '^2.0.0' }
    }
    const next = names[at + 1]
    if (next !== undefined && (at + 1) % 10 === 0)
      entry.dependencies = { ...entry.dependencies, [next]: '^1.0.0' }
  })
  return { dependencies, packages }
}
