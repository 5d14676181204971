import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openPins, readLockedTree } from '#collectors/collect'
import type { PinnedPackage } from '#collectors/collect'
import { openDisk } from '#disk/disk'
import { processorTime } from '../../support/processor-time.ts'

const NAME = '@acme/policy'
const ADDRESS = 'https://registry.example/@acme/policy/-/policy-1.2.0.tgz'
const PINNED = { version: '1.2.0', resolved: ADDRESS, integrity: 'sha512-policy' }
const FOUND: PinnedPackage = { name: NAME, version: '1.2.0', integrity: 'sha512-policy' }

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'depgate-pins-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  write('package.json', { name: 'app', version: '1.0.0', devDependencies: { [NAME]: '^1.0.0' } })
})

function write(name: string, content: unknown): void {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
}

function listed(packages: object, version = 3): object {
  return { name: 'app', lockfileVersion: version, packages }
}

function nested(entry: object): object {
  return { lockfileVersion: 1, dependencies: { [NAME]: entry } }
}

const at = `node_modules/${NAME}`

/** What the lockfile pins, and what the whole tree has at that place, which has to be the same. */
function pinned(): PinnedPackage | undefined {
  const disk = openDisk(folder)
  const tree = readLockedTree(disk, folder)
  const instance = tree.ok ? tree.value?.instances.find(({ location }) => location === at) : undefined
  const found = openPins(disk, folder)(NAME)
  const inTree =
    instance?.source === 'registry' && instance.name === NAME && instance.version !== ''
      ? { name: NAME, version: instance.version, integrity: instance.integrity }
      : undefined
  expect(found).toEqual(inTree)
  return found
}

describe('the entry of a package of the registry', () => {
  test.each([2, 3])('in a lockfile of version %d', (version) => {
    write('package-lock.json', listed({ [at]: PINNED }, version))
    expect(pinned()).toEqual(FOUND)
  })

  test('in a lockfile of version 1, after a byte order mark', () => {
    const lock = { name: 'app', lockfileVersion: 1, dependencies: { [NAME]: PINNED } }
    write('package-lock.json', `\uFEFF${JSON.stringify(lock)}`)
    expect(pinned()).toEqual(FOUND)
  })

  test('in the lockfile that npm would read', () => {
    write('package-lock.json', listed({ [at]: { ...PINNED, version: '9.0.0' } }))
    write('npm-shrinkwrap.json', listed({ [at]: PINNED }))
    expect(pinned()).toEqual(FOUND)
  })

  test('without integrity or address', () => {
    write('package-lock.json', listed({ [at]: { version: '1.2.0' } }))
    expect(pinned()).toEqual({ ...FOUND, integrity: undefined })
  })
})

describe('nothing is pinned by', () => {
  test.each<[what: string, lockfile: unknown]>([
    ['another place', listed({ [`node_modules/x/${at}`]: PINNED })],
    ['an alias', listed({ [at]: { ...PINNED, name: 'other' } })],
    ['a link', listed({ [at]: { resolved: 'vendor/policy', link: true } })],
    ['a folder', listed({ [at]: { ...PINNED, resolved: 'file:vendor/policy' } })],
    ['a git repository', listed({ [at]: { ...PINNED, resolved: 'git+ssh://git@host.example/p.git#abc' } })],
    ['an alias of version 1', nested({ ...PINNED, version: 'npm:other@1.2.0' })],
    ['a folder of version 1', nested({ version: 'file:vendor/policy' })],
    ['an address of version 1', nested({ version: ADDRESS })],
    ['no entry', listed({})],
    ['a lockfile of an unknown version', listed({ [at]: PINNED }, 4)],
    ['what is cut', JSON.stringify(listed({ [at]: PINNED })).slice(0, -2)],
    ['what is no object', '[]'],
  ])('%s', (_what, lockfile) => {
    write('package-lock.json', lockfile)
    expect(pinned()).toBeUndefined()
  })

  test('an address that package.json asks for', () => {
    write('package.json', { name: 'app', devDependencies: { [NAME]: ADDRESS } })
    write('package-lock.json', listed({ [at]: PINNED }))
    expect(pinned()).toBeUndefined()
  })

  test('no lockfile, or a name that every object has', () => {
    expect(pinned()).toBeUndefined()
    write('package-lock.json', { lockfileVersion: 1, dependencies: {} })
    expect(openPins(openDisk(folder), folder)('constructor')).toBeUndefined()
  })
})

test('the rest of a lockfile is not walked, however deep it is and however often it is asked', () => {
  const dependencies = Object.fromEntries(Array.from({ length: 1500 }, (_value, n) => [`z${n}`, '*']))
  const packages: Record<string, object> = { [at]: PINNED }
  let place = ''
  while (place.length < 3800) {
    place += `${place === '' ? '' : '/'}node_modules/b`
    packages[place] = { version: '1.0.0', ...(place.length > 1500 && { dependencies }) }
  }
  write('package-lock.json', listed(packages))
  const disk = openDisk(folder)
  const parsing = processorTime(() => openPins(disk, folder)(NAME))
  const pins = openPins(disk, folder)
  const asking = processorTime(() => {
    for (let round = 0; round < 12; round += 1) expect(pins(NAME)).toEqual(FOUND)
  })
  const walking = processorTime(() => readLockedTree(disk, folder))
  expect(walking).toBeGreaterThan(3 * Math.max(parsing, asking))
})
