import { expect, test } from 'vitest'
import { otherTarball } from '#collectors/tarball-path'

const R = 'https://registry.example'

test.each([
  ['a', '1.0.0', `${R}/a/-/a-1.0.0.tgz`],
  ['a', '1.0.0', `${R}/npm/feed/a/-/a-1.0.0.tgz`],
  ['a', '1.0.0', `${R}/a/-/a-1.0.0.tgz?cache=1#sha`],
  ['@s/a', '1.0.0', `${R}/@s/a/-/a-1.0.0.tgz`],
  ['@s/a', '1.0.0', `${R}/@s%2fa/-/a-1.0.0.tgz`],
  ['@s/a', '1.0.0', `${R}/@s/a/-/@s/a-1.0.0.tgz`],
  ['@s/a', '1.0.0', `${R}/api/-/packages/@s/a/-/@s/a-1.0.0.tgz`],
  ['JSONStream', '1.3.5', `${R}/JSONStream/-/JSONStream-1.3.5.tgz`],
  ['a', '1.0.0+build.1', `${R}/a/-/a-1.0.0.tgz`],
  ['a', '1.0.0-rc.1', `${R}/a/-/a-1.0.0-rc.1.tgz`],
  // Laid out in a way of its own: nothing can be said.
  ['a', '1.0.0', `${R}/download/a/1.0.0/0123abcd`],
  ['a', '1.0.0', ''],
  ['a', '1.0.0', 'git+ssh://git@git.example/x/evil.git#0'],
  ['a', '1.0.0', 'https://'],
])('%s@%s at %s', (name, version, resolved) => {
  expect(otherTarball(resolved, { name, version })).toBeUndefined()
})

test.each([
  ['a', '1.0.0', `${R}/evil/-/evil-1.0.0.tgz`, '/evil/-/evil-1.0.0.tgz'],
  ['a', '1.0.0', `${R}/@evil/a/-/a-1.0.0.tgz`, '/@evil/a/-/a-1.0.0.tgz'],
  ['@s/a', '1.0.0', `${R}/a/-/a-1.0.0.tgz`, '/a/-/a-1.0.0.tgz'],
  ['@s/a', '1.0.0', `${R}/@t/a/-/a-1.0.0.tgz`, '/@t/a/-/a-1.0.0.tgz'],
  ['a', '1.0.0', `${R}/a/-/a-1.0.1.tgz`, '/a/-/a-1.0.1.tgz'],
  ['a', '1.0.0', `${R}/a/-/b-1.0.0.tgz`, '/a/-/b-1.0.0.tgz'],
  ['a', '1.0.0', `${R}/not-a/-/a-1.0.0.tgz`, '/not-a/-/a-1.0.0.tgz'],
  ['a', '1.0.0', `${R}/evil/-/evil-1.0.0.tgz?/a/-/a-1.0.0.tgz`, '/evil/-/evil-1.0.0.tgz'],
  ['a', '1.0.0', `${R}/evil/-/evil-1.0.0.tgz#/a/-/a-1.0.0.tgz`, '/evil/-/evil-1.0.0.tgz'],
  ['a', '1.0.0', `${R}/%2f%zz/-/evil-1.0.0.tgz`, '/%2f%zz/-/evil-1.0.0.tgz'],
])('%s@%s at %s is another one', (name, version, resolved, path) => {
  expect(otherTarball(resolved, { name, version })).toBe(path)
})
