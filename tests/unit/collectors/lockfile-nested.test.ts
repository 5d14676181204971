import { expect, test } from 'vitest'
import { readPackageLock } from '#collectors/package-lock'
import type { Lockfile } from '#collectors/package-lock'

const file = (dependencies: unknown, more: object = {}): string =>
  JSON.stringify(
    { name: 'app', version: '1.0.0', lockfileVersion: 1, requires: true, ...more, dependencies },
    null,
    2,
  )

function read(dependencies: unknown): Lockfile {
  const outcome = readPackageLock(file(dependencies))
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

test('nested packages lie in the node_modules of the one that holds them, each with its line', () => {
  const dependencies = {
    a: {
      version: '1.0.0',
      resolved: 'https://registry.example/a/-/a-1.0.0.tgz',
      integrity: 'sha512-a',
      requires: { b: '^2.0.0', c: '*' },
      dependencies: {
        b: { version: '2.1.0', requires: { c: '^1.0.0' } },
        c: { version: '1.0.0', dev: true },
      },
    },
    b: { version: '1.0.0' },
    c: { version: '3.0.0' },
  }
  const text = file(dependencies)
  const { entries, lockfileVersion } = read(dependencies)
  expect(lockfileVersion).toBe(1)
  expect([...entries.keys()]).toEqual([
    '',
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/a/node_modules/c',
    'node_modules/b',
    'node_modules/c',
  ])
  expect(entries.get('node_modules/a')).toMatchObject({
    name: 'a',
    version: '1.0.0',
    resolved: 'https://registry.example/a/-/a-1.0.0.tgz',
    integrity: 'sha512-a',
    declared: [
      { name: 'b', spec: '^2.0.0', kind: 'production', optional: false },
      { name: 'c', spec: '*', kind: 'production', optional: false },
    ],
  })
  const lines = text.split('\n')
  for (const { location, line } of entries.values()) {
    if (location !== '') expect(lines[(line ?? 0) - 1]?.trim()).toBe(`"${location.split('/').at(-1)}": {`)
  }
  expect(entries.get('node_modules/a/node_modules/b')?.line).toBeGreaterThan(10)
})

test('aliases, repositories, addresses, archives and folders are told apart', () => {
  const { entries, links, outside } = read({
    alias: { version: 'npm:@real/name@1.2.3', integrity: 'sha512-x' },
    g: { version: 'git+ssh://git@git.example/x/g.git#0123456', from: 'git+ssh://git@git.example/x/g.git' },
    u: { version: 'https://files.example/u.tgz', integrity: 'sha512-u' },
    t: { version: 'file:vendor/t.tgz', integrity: 'sha512-t' },
    lib: { version: 'file:packages/lib', requires: { a: '1' }, dependencies: { a: { version: '1.0.0' } } },
    far: { version: 'file:../far', dependencies: { x: { version: '1.0.0' } } },
  })
  expect(entries.get('node_modules/alias')).toMatchObject({ name: '@real/name', version: '1.2.3' })
  expect(entries.get('node_modules/g')).toMatchObject({
    version: '',
    resolved: 'git+ssh://git@git.example/x/g.git#0123456',
  })
  expect(entries.get('node_modules/u')).toMatchObject({
    version: '',
    resolved: 'https://files.example/u.tgz',
  })
  expect(entries.get('node_modules/t')).toMatchObject({ resolved: 'file:vendor/t.tgz' })
  expect([...links]).toEqual([
    ['node_modules/lib', 'packages/lib'],
    ['node_modules/far', '../far'],
  ])
  expect(entries.get('packages/lib')).toMatchObject({ declared: [{ name: 'a' }] })
  expect(entries.has('packages/lib/node_modules/a')).toBe(true)
  expect([...outside]).toEqual([['../far', { name: 'far', version: '' }]])
  expect([...entries.keys()].some((location) => location.includes('/x'))).toBe(false)
})

test('a dependency of a needed package is optional where only optional ways lead to it', () => {
  const { entries } = read({
    a: { version: '1.0.0', requires: { o: '1', b: '1' } },
    b: { version: '1.0.0' },
    o: { version: '1.0.0', optional: true, requires: { p: '1' } },
    p: { version: '1.0.0', optional: true },
  })
  expect(entries.get('node_modules/a')?.declared).toEqual([
    { name: 'o', spec: '1', kind: 'optional', optional: true },
    { name: 'b', spec: '1', kind: 'production', optional: false },
  ])
  expect(entries.get('node_modules/o')?.declared).toMatchObject([{ name: 'p', kind: 'production' }])
})

test('what came inside a tarball names the package that carries it', () => {
  const { entries } = read({
    npm: {
      version: '6.0.0',
      dependencies: {
        abbrev: {
          version: '1.0.0',
          bundled: true,
          dependencies: { deep: { version: '1.0.0', bundled: true } },
        },
        '@s/p': { version: '1.0.0', bundled: true },
        own: { version: '1.0.0' },
      },
    },
  })
  expect(entries.get('node_modules/npm')?.bundled).toEqual(['abbrev', '@s/p'])
  expect(entries.get('node_modules/npm/node_modules/abbrev')).toMatchObject({ inBundle: true })
  expect(entries.get('node_modules/npm/node_modules/own')).toMatchObject({ inBundle: false })
})

test.each([
  ['"dependencies" that is no object', file([]), /"dependencies" of the project is not an object/],
  ['an entry that is no object', file({ a: 1 }), /the entry "a" is not an object/],
  ['a name that leads elsewhere', file({ '../x': { version: '1.0.0' } }), /line 7: "\.\.\/x" is no name/],
  ['a name with too many parts', file({ 'a/b': { version: '1.0.0' } }), /"a\/b" is no name/],
  ['a name with a control character', file({ 'a\u001b[1m': { version: '1.0.0' } }), /is no name/],
])('refuses %s', (_, text, message) => {
  const outcome = readPackageLock(text)
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'lockfile-unreadable' } })
  if (!outcome.ok) expect(outcome.failure.message).toMatch(message)
})

test('names of objects are names like any other, and endless nesting ends', () => {
  const proto = readPackageLock(
    '{"lockfileVersion":1,"dependencies":{"__proto__":{"version":"1.0.0","requires":{"constructor":"1"}}}}',
  )
  expect(proto.ok && proto.value.entries.get('node_modules/__proto__')).toMatchObject({
    version: '1.0.0',
    declared: [{ name: 'constructor', spec: '1' }],
  })
  const deep = `{"lockfileVersion":1${',"dependencies":{"a":{"version":"1.0.0"'.repeat(300)}${'}}'.repeat(300)}}`
  expect(readPackageLock(deep)).toMatchObject({ ok: false, failure: { code: 'lockfile-unreadable' } })
})
