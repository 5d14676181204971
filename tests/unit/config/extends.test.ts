import { parseExtends } from '#config/extends'
import { describe, expect, test } from 'vitest'

describe('what may be extended', () => {
  test.each([
    ['depgate:permissive', { kind: 'preset', name: 'permissive' }],
    ['depgate:weak-copyleft', { kind: 'preset', name: 'weak-copyleft' }],
    ['./base.json', { kind: 'file', path: './base.json' }],
    ['../base.json', { kind: 'file', path: '../base.json' }],
    ['policy', { kind: 'package', name: 'policy', path: 'depgate.config.json' }],
    ['@acme/policy', { kind: 'package', name: '@acme/policy', path: 'depgate.config.json' }],
    ['@acme/policy/a/strict.json', { kind: 'package', name: '@acme/policy', path: 'a/strict.json' }],
    ['policy/x.json', { kind: 'package', name: 'policy', path: 'x.json' }],
  ])('%s', (text, parent) => {
    expect(parseExtends(text)).toEqual({ ok: true, parent })
  })
})

describe('what may not, with what was meant', () => {
  test.each([
    ['depgate:permisive', 'Did you mean "depgate:permissive"?'],
    ['depgate:strct', 'Did you mean "depgate:strict"?'],
    ['depgate:', 'There are "depgate:permissive", "depgate:weak-copyleft", "depgate:strict".'],
    ['depgate:__proto__', 'There are "depgate:permissive"'],
    ['depgate:../../package', 'There are "depgate:permissive"'],
    ['/etc/policy.json', 'Write a preset'],
    ['C:\\policy.json', 'Write a preset'],
    ['.\\base.json', 'Write a preset'],
    ['./a\\b.json', 'Write a preset'],
    ['./a/', 'Write a preset'],
    ['./a\0b', 'Write a preset'],
    ['.', 'Write a preset'],
    ['..', 'Write a preset'],
    ['file:base.json', 'Write a preset'],
    ['@acme', 'Write a preset'],
    ['@acme/..', 'Write a preset'],
    ['@acme/policy/../../x.json', 'Write a preset'],
    ['policy//x.json', 'Write a preset'],
    ['node_modules', 'Write a preset'],
    ['https://registry.example/policy.json', 'Write a preset'],
  ])('%s', (text, fix) => {
    const read = parseExtends(text)
    expect(read.ok ? read : read.problem.fix).toContain(fix)
  })
})
