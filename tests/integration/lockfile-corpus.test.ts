/** Lockfiles of real projects: the tree that each gives by itself is the one that lies on disk, and the one that npm itself sees. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { askNpm, confirmTree, inventoryFromLockfile, readTree } from '#collectors/collect'
import { openDisk } from '#disk/disk'
import type { Inventory, PackageInstance } from '#model/inventory'
import type { Outcome } from '#model/outcome'

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/lockfiles')

interface Entry {
  name?: string
  version: string
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  [field: string]: unknown
}

/** What a package.json has of what a lockfile copies. */
const COPIED = ['license', 'dependencies', 'optionalDependencies', 'peerDependencies', 'peerDependenciesMeta']

const fits = (list: string[] | undefined, here: string): boolean =>
  list === undefined ||
  list.includes(here) ||
  list.some((name) => name.startsWith('!') && name !== `!${here}`)

/** What npm leaves out on this system. */
const isLeftOut = ({ optional, os, cpu, libc }: Entry): boolean =>
  optional === true && !(fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, 'glibc'))

/** A folder with the packages of a lockfile, each with the package.json that the lockfile copied. */
function install(name: string, side: string): { project: string; manifest: string; text: string } {
  const read = (file: string): string =>
    brotliDecompressSync(readFileSync(join(FIXTURES, name, `${side}${file}.br`))).toString('utf8')
  const project = mkdtempSync(join(tmpdir(), 'depgate-corpus-'))
  onTestFinished(() => rmSync(project, { recursive: true, force: true }))
  const [manifest, text] = [read('package.json'), read('package-lock.json')]
  writeFileSync(join(project, 'package.json'), manifest)
  writeFileSync(join(project, 'package-lock.json'), text)
  const { packages } = JSON.parse(text) as { packages: Record<string, Entry> }
  for (const [location, entry] of Object.entries(packages)) {
    if (location === '' || isLeftOut(entry)) continue
    const own = entry.name ?? location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const fields = COPIED.flatMap((key) => (key in entry ? [[key, entry[key]]] : []))
    mkdirSync(join(project, location), { recursive: true })
    writeFileSync(
      join(project, location, 'package.json'),
      JSON.stringify({ name: own, version: entry.version, ...Object.fromEntries(fields) }),
    )
  }
  return { project, manifest, text }
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error([outcome.failure.message, ...(outcome.failure.details ?? [])].join('\n'))
  return outcome.value
}

const plain = ({ declared: _declared, installed: _installed, ...instance }: PackageInstance) => instance
const absent = ({ instances }: Inventory): string[] =>
  instances.filter(({ installed }) => !installed).map(({ location }) => location)

test.each([
  ['github', '', 32],
  ['checkout', 'before.', 587],
  ['checkout', 'after.', 442],
])('%s/%spackage-lock.json', async (name, side, count) => {
  const { project, manifest, text } = install(name, side)
  const locked = valueOf(inventoryFromLockfile({ lockfile: { name: 'package-lock.json', text }, manifest }))
  const disk = openDisk(project)
  const draft = valueOf(readTree({ disk, lockfiles: disk }, { project, omitDev: false }))
  expect(locked.instances).toHaveLength(count)
  expect(locked.instances.map(plain)).toEqual(draft.inventory.instances.map(plain))
  expect(locked.edges).toEqual(draft.inventory.edges)
  // Whatever is left out here is among what some system leaves out.
  expect(absent(locked)).toEqual(expect.arrayContaining(absent(draft.inventory)))
  const signal = AbortSignal.timeout(60_000)
  const npm = valueOf(await askNpm(openDisk(project), { project, env: process.env, signal }))
  expect(valueOf(confirmTree(draft, npm)).instances.map(plain)).toEqual(locked.instances.map(plain))
})
