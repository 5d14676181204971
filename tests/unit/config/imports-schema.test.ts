/** The part of a policy about imports: what is accepted, and what is said of everything else, with its place. */
import { describe, expect, test } from 'vitest'
import { emptyPolicy } from '#config/load'
import { readJson } from '#config/json-source'
import { validatePolicy } from '#config/validate'

function validated(text: string) {
  const read = readJson(text, { comments: true })
  if (!read.ok) throw new Error(read.problem.message)
  return validatePolicy(read.source.value, { file: 'p.json', place: read.source.place })
}

function policyOf(imports: unknown, licenses: object = {}) {
  const result = validated(
    JSON.stringify(
      { licenses: { allow: [], ...licenses }, ...(imports !== undefined && { imports }) },
      undefined,
      1,
    ),
  )
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.policy
}

describe('what is accepted', () => {
  test('without the key nobody looks at imports', () => {
    expect(policyOf(undefined).imports).toBeUndefined()
    expect(emptyPolicy().imports).toBeUndefined()
  })

  test('the key alone brings the rules to life', () => {
    expect(policyOf({}).imports).toEqual({
      files: [],
      ignore: [],
      production: [],
      undeclared: 'deny',
      unresolved: 'warn',
      unreadable: 'deny',
      unused: 'warn',
      devInProduction: 'deny',
      couldBeDev: 'warn',
      typeOnlyInProduction: 'warn',
      misplaced: 'warn',
      cycles: 'warn',
      layers: [],
      ban: [],
      location: { file: 'p.json', line: 5 },
    })
  })

  test('a list for what does not ship needs them read, and objects to nothing else', () => {
    const policy = policyOf(undefined, { scopes: { notShipped: { allow: ['GPL-3.0-only'] } } })
    expect(policy.licenses.notShipped).toEqual(['GPL-3.0-only'])
    expect(policy.imports).toMatchObject({ undeclared: 'off', cycles: 'off', unreadable: 'warn' })
    expect(policy.licenses.written).toMatchObject([{ license: 'GPL-3.0-only', scope: 'notShipped' }])
  })

  test('layers and bans keep their places', () => {
    const { imports } = policyOf({
      layers: {
        web: { files: ['web/**'], imports: ['domain', 'data/**'] },
        domain: {
          files: ['domain/**'],
          imports: [],
          packages: ['*', 'lodash/fp', '@acme/*'],
          builtins: ['node:*', 'node:fs/promises'],
        },
      },
      ban: [{ import: 'node:fs', reason: 'no files here' }],
    })
    expect(imports?.layers.map(({ name, location }) => [name, location.line])).toEqual([
      ['domain', 16],
      ['web', 7],
    ])
    expect(imports?.ban).toMatchObject([{ import: 'node:fs', in: [], except: [] }])
  })

  test('the same rules written in another order have the same sha256, other rules another', () => {
    const a = policyOf({ cycles: 'off', unused: 'off' }).sha256
    expect(policyOf({ unused: 'off', cycles: 'off' }).sha256).toBe(a)
    expect(policyOf({ cycles: 'off' }).sha256).not.toBe(a)
    expect(policyOf({}).sha256).not.toBe(policyOf(undefined).sha256)
  })
})

describe('what is refused, and where', () => {
  // The place is that of the first § in the text.
  test.each<[string, string, string, string | undefined]>([
    ['§"cyles": "deny"', 'imports.cyles', 'is not a key', 'Did you mean "cycles"?'],
    ['"cycles": §"error"', 'imports.cycles', 'is not a severity', 'Write "deny"'],
    ['"unreadable": §"off"', 'imports.unreadable', 'is not a severity', 'Write "deny" or "warn".'],
    ['"files": §[]', 'imports.files', 'names no file', undefined],
    ['"ignore": [§"/etc/**"]', 'imports.ignore[0]', 'begins with a slash', 'below the project'],
    ['"ignore": [§"../x/**"]', 'imports.ignore[0]', '', 'below the project'],
    [
      '"layers": { "a/b": §{ "files": ["x"], "imports": [] } }',
      'imports.layers["a/b"]',
      'name of a layer',
      'letters',
    ],
    ['"layers": { "a": §{ "files": ["x"] } }', 'imports.layers.a.imports', 'is missing', undefined],
    [
      '"layers": { "domain": { "files": ["x"], "imports": [] }, "web": { "files": ["y"], "imports": [§"domian"] } }',
      'imports.layers.web.imports[0]',
      'is not a layer',
      'Did you mean "domain"?',
    ],
    [
      '"layers": { "a": { "files": ["x"], "imports": [], "packages": [§"x@1"] } }',
      'imports.layers.a.packages[0]',
      'is not a package',
      'without a version',
    ],
    [
      '"layers": { "a": { "files": ["x"], "imports": [], "builtins": [§"fs"] } }',
      'imports.layers.a.builtins[0]',
      'no part of Node',
      'node:path',
    ],
    [
      '"ban": [{ "import": §"node:", "reason": "r" }]',
      'imports.ban[0].import',
      'is not a package',
      'node:fs',
    ],
    ['"ban": [§{ "import": "x" }]', 'imports.ban[0].reason', 'is missing', undefined],
  ])('%s', (marked, key, message, fix) => {
    const text = `{ "licenses": { "allow": [] },\n"imports": { ${marked.replace('§', '')} } }`
    const result = validated(text)
    expect(result.ok).toBe(false)
    if (result.ok) return
    const [error] = result.errors
    expect(error).toMatchObject({ key, file: 'p.json', line: 2 })
    expect(error?.message).toContain(message)
    expect(error?.fix ?? '').toContain(fix ?? '')
    if (!key.includes('a/b')) expect(error?.column).toBe('"imports": { '.length + marked.indexOf('§') + 1)
  })
})
