/** Packages of a built project with the tarballs that a registry has of them, so that lockfile, disk and registry agree. */
import { integrityOf, npmTarball } from './tarball.ts'
import type { FakeRegistry } from './fake-registry.ts'
import { manifestOf } from './project.ts'
import type { FakePackage } from './project.ts'

/** The tarball of a package: what {@link installPackage} writes, packed. */
export function tarballOf(entry: FakePackage): Buffer {
  return npmTarball({ 'package.json': manifestOf(entry), ...entry.files })
}

/** The same packages, with the integrity of their tarballs in the lockfile. */
export function packed(packages: FakePackage[]): FakePackage[] {
  return packages.map((entry) => {
    const integrity = integrityOf(tarballOf(entry))
    return { ...entry, lock: { integrity, ...entry.lock } }
  })
}

/** Publishes the packages with their tarballs. */
export function publishPacked(registry: FakeRegistry, packages: readonly FakePackage[]): void {
  for (const entry of packages) {
    const { name, version, ...fields } = manifestOf(entry)
    registry.publishTarball(String(name), String(version), tarballOf(entry), fields)
  }
}
