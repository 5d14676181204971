import { expect, test } from 'vitest'
import { aliasedName, specSource } from '#collectors/dependency-spec'

test.each([
  ['^1.2.3', 'registry'],
  ['latest', 'registry'],
  ['', 'registry'],
  ['*', 'registry'],
  ['>=1 <2 || 3.x', 'registry'],
  ['npm:real@^1', 'registry'],
  ['npm:@scope/real@^1', 'registry'],
  ['git+ssh://git@host.example/u/r.git#v1', 'git'],
  ['git://host.example/u/r.git', 'git'],
  ['git@host.example:u/r.git', 'git'],
  ['github:user/repo', 'git'],
  ['user/repo', 'git'],
  ['user/repo#semver:^1', 'git'],
  ['gitlab:user/repo', 'git'],
  ['https://host.example/u/r.git', 'git'],
  ['https://host.example/x.tgz', 'url'],
  ['HTTP://host.example/x.tgz', 'url'],
  ['file:../x', 'file'],
  ['./x', 'file'],
  ['../x.tgz', 'file'],
  ['/abs/x', 'file'],
  ['~/x', 'file'],
  ['C:\\x', 'file'],
  ['link:../x', 'file'],
])('%s comes from %s', (spec, source) => {
  expect(specSource(spec)).toBe(source)
})

test.each([
  ['npm:real@^1', 'real'],
  ['npm:@scope/real@^1', '@scope/real'],
  ['npm:@scope/real', '@scope/real'],
  ['^1.0.0', undefined],
])('%s has the real name %s', (spec, name) => {
  expect(aliasedName(spec)).toBe(name)
})
