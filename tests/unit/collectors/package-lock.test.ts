import { describe, expect, test } from 'vitest'
import { readPackageLock } from '#collectors/package-lock'
import { lockfile } from './project-folder.ts'

const read = (packages: Record<string, Record<string, unknown>>) => {
  const outcome = readPackageLock(lockfile(packages))
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

describe('readPackageLock', () => {
  test('reads name, version, address and dependencies with the line of each entry', () => {
    const text = lockfile({
      '': { name: 'app', version: '1.0.0', dependencies: { a: 'npm:real@1' } },
      'node_modules/a': {
        name: 'real',
        version: '1.2.3',
        resolved: 'https://registry.example/real.tgz',
        dependencies: { b: '1' },
        optionalDependencies: { b: '2' },
      },
    })
    const outcome = readPackageLock(text)
    if (!outcome.ok) throw new Error(outcome.failure.message)
    const entry = outcome.value.entries.get('node_modules/a')
    expect(entry).toMatchObject({
      name: 'real',
      version: '1.2.3',
      resolved: 'https://registry.example/real.tgz',
      inBundle: false,
      declared: [{ name: 'b', spec: '2', kind: 'optional', optional: true }],
    })
    expect(text.split('\n')[(entry?.line ?? 0) - 1]).toBe('    "node_modules/a": {')
  })

  test('every entry has its own line, whatever its content repeats', () => {
    const names = Array.from({ length: 300 }, (_, index) => `node_modules/p${index}`)
    const text = lockfile({
      '': { name: 'app', version: '1.0.0', workspaces: ['packages/*'] },
      'node_modules/ws': { resolved: 'packages/ws', link: true },
      ...Object.fromEntries(
        names.map((name) => [name, { version: '1.0.0', dependencies: { p1: '1', 'packages/ws': '' } }]),
      ),
      'packages/ws': { version: '1.0.0' },
    })
    const outcome = readPackageLock(text)
    if (!outcome.ok) throw new Error(outcome.failure.message)
    const lines = text.split('\n')
    for (const [location, { line }] of outcome.value.entries) {
      expect(lines[(line ?? 0) - 1]?.trim()).toBe(`"${location}": {`)
    }
  })

  test('a file that npm did not format has no lines and is read all the same', () => {
    const outcome = readPackageLock(
      '{"lockfileVersion" : 2, "packages" : {"" : {}, "node_modules/a" : {"version":"1.0.0"}}}',
    )
    expect(outcome.ok && outcome.value.entries.get('node_modules/a')).toMatchObject({
      name: 'a',
      version: '1.0.0',
    })
    expect(outcome.ok && outcome.value.entries.get('node_modules/a')?.line).toBeUndefined()
  })

  test.each([
    ['empty', '', 'package-lock.json is empty (line 1).'],
    ['not JSON', '{"a": 1,\n b}', 'package-lock.json is not JSON: mistake in line 2, column 2.'],
    ['cut', lockfile({ '': {} }).slice(0, 60), 'package-lock.json is cut off: it ends in line 4.'],
    [
      'cut in a word',
      '{\n  "lockfileVersion": 3,\n  "pack',
      'package-lock.json is cut off: it ends in line 3.',
    ],
    ['binary', '{\n"a": "\u0000\u0001\ufffd"}', 'package-lock.json holds binary data in line 2.'],
    ['an array', '[]', 'package-lock.json is not a JSON object (line 1).'],
    [
      'merge conflict',
      '{\n<<<<<<< HEAD\n  "a": 1\n=======\n>>>>>>> other\n}',
      /merge conflict markers in line 2/,
    ],
    [
      'a merge conflict of three',
      '{\n"a": 1,\n||||||| base\n"b": 2\n=======\n}',
      /merge conflict markers in line 3/,
    ],
    [
      'version 4',
      '{\n  "name": "x",\n  "lockfileVersion": 4, "packages": {}}',
      /line 3: lockfileVersion is 4;/,
    ],
    ['no version', '{"packages": {}}', /lockfileVersion is missing/],
    [
      'version 1 with what only later ones have',
      '{\n "lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0"}},\n "packages": {"": {}}}',
      /line 3: has lockfileVersion 1 and "packages"/,
    ],
    ['no packages', '{"lockfileVersion": 3}', /no "packages" object/],
    [
      'an entry that is no object',
      '{"lockfileVersion": 3, "packages": {"node_modules/a": 1}}',
      /"node_modules\/a" is not an object/,
    ],
  ])('refuses a lockfile that is %s', (_, text, message) => {
    const outcome = readPackageLock(text)
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'lockfile-unreadable' } })
    if (!outcome.ok) {
      expect(outcome.failure.message).toMatch(message)
      expect(outcome.failure.fix).toBeTruthy()
    }
  })

  test.each([
    '/etc/passwd',
    'node_modules/../../x',
    'node_modules/./x',
    'node_modules//x',
    'node_modules\\x',
    'C:/x',
    'node_modules/a\nb',
    'node_modules/a\u0000',
    'node_modules/a\u001b[31m',
    'node_modules/a/',
    '../x',
  ])('refuses the location %j', (location) => {
    const outcome = readPackageLock(lockfile({ '': {}, [location]: { version: '1.0.0', integrity: 'x' } }))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'lockfile-unreadable' } })
  })

  test('knows folders outside the project only as targets of a link', () => {
    const { outside, entries } = read({
      '': {},
      '../lib': { name: '@me/lib', version: '3.0.0' },
      '../lib/node_modules/x': { version: '1.0.0' },
      'node_modules/lib': { resolved: '../lib', link: true },
    })
    expect([...outside]).toEqual([['../lib', { name: '@me/lib', version: '3.0.0' }]])
    expect([...entries.keys()]).toEqual([''])
  })

  test('names of objects are names like any other', () => {
    const { entries } = read({
      '': { dependencies: { constructor: '1' } },
      'node_modules/constructor': { version: '1.0.0' },
      'node_modules/toString': { version: '2.0.0' },
    })
    const text =
      '{"lockfileVersion":3,"packages":{"node_modules/__proto__":{"version":"1.0.0"},"__proto__":{"version":"9"}}}'
    const proto = readPackageLock(text)
    expect([...entries.keys()]).toEqual(['', 'node_modules/constructor', 'node_modules/toString'])
    expect(proto.ok && [...proto.value.entries.keys()]).toEqual(['node_modules/__proto__', '__proto__'])
    expect({}).not.toHaveProperty('version')
  })

  test('refuses more packages than any project has', () => {
    const many = Object.fromEntries(
      Array.from({ length: 100_002 }, (_, index) => [`node_modules/p${index}`, {}]),
    )
    const outcome = readPackageLock(JSON.stringify({ lockfileVersion: 3, packages: many }))
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'too-many-packages' } })
  })
})
