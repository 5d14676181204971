import { describe, expect, test } from 'vitest'
import { readNpmLs, withoutPlaces } from '#collectors/npm-ls'
import { recordingOf, SCENARIOS } from './scenarios.ts'

describe('readNpmLs', () => {
  test.each(Object.keys(SCENARIOS))('reads the recording of %s', (name) => {
    expect(readNpmLs(recordingOf(name))).toMatchObject({
      ok: true,
      value: { name: 'app', root: { version: '1.0.0' } },
    })
  })

  test('keeps what npm complains about', () => {
    const missing = readNpmLs(recordingOf('missing'))
    const a = missing.ok ? missing.value.root.children[0]?.[1] : undefined
    expect(a?.children).toEqual([['gone', { missing: true, extraneous: false, children: [] }]])
    const invalid = readNpmLs(recordingOf('invalid'))
    expect(JSON.stringify(invalid)).toContain('\\"^1.0.0\\" from node_modules/a')
    const stray = readNpmLs(recordingOf('extraneous'))
    expect(stray.ok && stray.value.root.children.map(([name, node]) => [name, node.extraneous])).toEqual([
      ['a', false],
      ['stray', true],
    ])
  })

  test('a recording cut anywhere is unreadable', () => {
    const text = recordingOf('workspaces')
    for (let at = 0; at < text.trimEnd().length; at += 7) {
      expect(readNpmLs(text.slice(0, at)), `cut at ${at}`).toMatchObject({
        ok: false,
        failure: { code: 'npm-ls-unreadable' },
      })
    }
  })

  test.each([
    ['', 'npm-ls-unreadable'],
    ['npm is broken\n{}', 'npm-ls-unreadable'],
    ['[]', 'npm-ls-unreadable'],
    ['null', 'npm-ls-unreadable'],
    ['{"dependencies": []}', 'npm-ls-unreadable'],
    ['{"dependencies": {"a": "1.0.0"}}', 'npm-ls-unreadable'],
    ['{"error": "x"}', 'npm-ls-unreadable'],
    ['{"error": {"code": "EJSONPARSE", "summary": "x"}}', 'npm-ls-failed'],
    ['{"version": "1.0.0", "error": {"summary": "No workspaces found"}}', 'npm-ls-failed'],
  ])('refuses %j', (text, code) => {
    const read = readNpmLs(text)
    expect(read).toMatchObject({ ok: false, failure: { code } })
    expect(read.ok ? '' : read.failure.fix).toContain('npm ls')
  })

  test('problems alone are no failure', () => {
    expect(readNpmLs('{"version": "1.0.0", "error": {"code": "ELSPROBLEMS"}, "problems": ["x"]}').ok).toBe(
      true,
    )
  })

  test('a chain of 5,000 packages is read', () => {
    const depth = 5_000
    const text = `{"dependencies":{"a":`.repeat(depth) + '{"version":"1.0.0"}' + '}}'.repeat(depth)
    expect(readNpmLs(text).ok).toBe(true)
  })

  test('a dependency named __proto__ is a dependency', () => {
    const read = readNpmLs('{"dependencies": {"__proto__": {"version": "1.0.0"}}}')
    expect(read.ok && read.value.root.children[0]?.[0]).toBe('__proto__')
  })
})

test('messages of npm lose addresses and paths', () => {
  expect(
    withoutPlaces(
      "ENOENT: open '/home/me/x/package.json' at https://u:p@registry.example/a\n  C:\\Users\\me",
    ),
  ).toBe("ENOENT: open '<path>' at <address>   <path>")
  expect(withoutPlaces('missing: @scope/a@^1.0.0, required by b@1.0.0')).toBe(
    'missing: @scope/a@^1.0.0, required by b@1.0.0',
  )
})

test('what npm says of an invalid package shows neither paths nor logins', () => {
  const text = JSON.stringify({
    dependencies: {
      a: { version: '1.0.0', invalid: '"file:/home/someone/a" from the root project' },
      b: { version: '1.0.0', invalid: '"git+https://user:secret@host.example/b.git" from node_modules/a' },
    },
  })
  const said = JSON.stringify(readNpmLs(text))
  expect(said).toContain('from the root project')
  expect(said).not.toMatch(/someone|secret/)
})
