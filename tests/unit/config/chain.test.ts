import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { loadPolicy } from '#config/load'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

let folder: string
let project: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'depgate-extends-'))
  project = join(folder, 'project')
  mkdirSync(project)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, content: unknown) {
  const path = join(project, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
}

const own = (content: unknown) => write('depgate.config.json', content)
const load = (configPath?: string) => loadPolicy({ project, ...(configPath !== undefined && { configPath }) })

function policy(configPath?: string) {
  const loaded = load(configPath)
  return loaded.ok ? loaded.policy : expect.unreachable(loaded.message)
}

function message(configPath?: string) {
  const loaded = load(configPath)
  return loaded.ok ? expect.unreachable('it was loaded') : loaded.message
}

function chain(length: number) {
  own({ extends: './1.json' })
  for (let at = 1; at < length; at++) write(`${at}.json`, { extends: `./${at + 1}.json` })
  write(`${length}.json`, allowing('MIT'))
}

const allowing = (...allow: string[]) => ({ licenses: { allow } })

describe('a preset', () => {
  test('is enough of a policy', () => {
    own({ extends: 'depgate:permissive' })
    const { file, licenses } = policy()
    expect(file).toBe('depgate.config.json')
    expect(licenses.allow).toEqual(expect.arrayContaining(['MIT', 'Apache-2.0', 'CC0-1.0', 'Python-2.0']))
    expect(licenses.allow).not.toContain('group:permissive')
    expect(licenses.written).toEqual([])
  })

  test('is replaced by a list of the child, or added to', () => {
    own({ extends: 'depgate:permissive', ...allowing('MIT') })
    expect(policy().licenses.allow).toEqual(['MIT'])
    own('{ "extends": "depgate:strict",\n "licenses": { "allow": ["extends",\n "WTFPL"] } }')
    const { allow, written } = policy().licenses
    expect(allow).toEqual(expect.arrayContaining(['MIT', 'WTFPL']))
    expect(allow).not.toContain('extends')
    expect(written).toEqual([{ license: 'WTFPL', location: { file: 'depgate.config.json', line: 3 } }])
  })

  test('strict tightens the rules about sources, and a child may loosen them again', () => {
    own({ extends: 'depgate:strict', sources: { git: 'warn' } })
    expect(policy().sources).toMatchObject({ git: 'warn', file: 'deny', url: 'deny', integrity: 'deny' })
  })

  test.each([
    ['depgate:permisive', 'Did you mean "depgate:permissive"?'],
    ['permissive', 'Did you mean "depgate:permissive"?'],
    ['base.json', 'To name a file write "./base.json".'],
  ])('%s names none', (text, fix) => {
    own(`{\n  "extends": "${text}" }`)
    expect(message()).toContain('depgate.config.json:2:14  extends: ')
    expect(message()).toContain(fix)
  })
})

describe('files', () => {
  test('are looked up beside the file that names them', () => {
    own({ extends: './policy/a.json', deadline: '20s' })
    write('policy/a.json', { extends: '../b.json', cache: { ttl: '1h' } })
    write('b.json', { extends: './policy/c.json', deadline: '5s', cache: { ttl: '2h' } })
    write('policy/c.json', { ...allowing('MIT'), network: { concurrency: 3 } })
    expect(policy()).toMatchObject({
      file: 'depgate.config.json',
      licenses: { allow: ['MIT'], written: [] },
      deadlineMs: 20_000,
      cache: { ttlMs: 3_600_000 },
      network: { concurrency: 3 },
    })
  })

  test('name themselves and their lines: in entries', () => {
    const exception = { package: 'a', allow: ['MIT'], reason: 'r', owner: 'o', expires: '2027-01-01' }
    const ban = { package: 'b', reason: 'r' }
    own({ extends: './base.json', packages: { ban: [ban] } })
    write('base.json', `{ "licenses": { "allow": [],\n "exceptions": [\n${JSON.stringify(exception)}] } }`)
    expect(policy().licenses.exceptions[0]?.location).toEqual({ file: 'base.json', line: 3 })
    expect(policy().packages.ban[0]?.location).toEqual({ file: 'depgate.config.json', line: 1 })
  })

  test('name themselves and their lines: in errors, each with its own key', () => {
    own(`{ "extends": "./x/base.json",\n "licenses": { "allow": ["extends", "Mit"] } }`)
    write('x/base.json', '{ "licenses": { "allow": ["ISC",\n"isc"] },\n "oops": 1 }')
    expect(message().split('\n')).toEqual([
      expect.stringContaining('depgate.config.json:2:37  licenses.allow[1]: "Mit" is not an SPDX'),
      expect.any(String),
      expect.stringContaining('x/base.json:2:1  licenses.allow[1]: "isc" is not an SPDX'),
      expect.any(String),
      expect.stringContaining('x/base.json:3:2  oops: is not a key'),
      expect.any(String),
    ])
    write('x/base.json', '{ "licenses": { "allow": [] },\n "licenses": { "allow": [] } }')
    expect(message()).toContain('x/base.json:2:2  licenses: stands twice')
    write('x/base.json', '{\n oops')
    expect(message()).toContain('x/base.json:2:2  is not valid JSON')
  })

  test('may be extended by package.json#depgate, whose lines stay right', () => {
    write('package.json', '{ "name": "x",\n "depgate": { "extends": "./base.json",\n "deadline": 5 } }')
    write('base.json', allowing('MIT'))
    expect(message()).toContain('package.json:3:14  deadline: must be text')
    write('package.json', { depgate: { extends: './base.json' } })
    expect(policy()).toMatchObject({ file: 'package.json', licenses: { allow: ['MIT'] } })
  })

  test('lie in the project, or beside the file that --config names', () => {
    writeFileSync(join(folder, 'outside.json'), JSON.stringify(allowing('MIT')))
    own('{ "extends": "../outside.json" }')
    expect(message()).toContain(
      'depgate.config.json:1:14  extends: "../outside.json" lies outside the project',
    )
    symlinkSync('../outside.json', join(project, 'inside.json'))
    own({ extends: './inside.json' })
    expect(message()).toContain('"./inside.json" lies outside the project')

    const path = join(folder, 'ci.json')
    writeFileSync(path, '{ "extends": "./outside.json" }')
    expect(policy(path).licenses.allow).toEqual(['MIT'])
    const near = relative(process.cwd(), path)
    writeFileSync(join(folder, 'outside.json'), '{ "oops": 1 }')
    expect(message(near)).toContain(`${join(dirname(near), 'outside.json')}:1:3  oops:`)
    writeFileSync(join(folder, 'outside.json'), '{ "extends": "./project/base.json" }')
    write('base.json', '{ "bad": 1 }')
    expect(message(near)).toContain('\nbase.json:1:3  bad:')
    writeFileSync(path, '{ "extends": "../x.json" }')
    writeFileSync(join(dirname(folder), 'x.json'), JSON.stringify(allowing('MIT')))
    expect(message(path)).toContain('"../x.json" lies outside the project')
    rmSync(join(dirname(folder), 'x.json'))
  })

  test.each([
    ['{ "extends": "./none.json" }', 'extends: there is no file "./none.json"'],
    ['{ "extends": "./depgate.config.json" }', 'extends itself: depgate.config.json > depgate.config.json'],
    ['{ "extends": "./folder" }', '"./folder" is not a regular file'],
    ['{ "extends": "./big.json" }', '"./big.json" is larger than'],
    ['{ "extends": "./latin1.json" }', '"./latin1.json" is not UTF-8 text'],
    ['{ "extends": "./loop.json" }', 'there is no file "./loop.json"'],
    ['{ "extends": "" }', 'names nothing that a policy could extend'],
    ['{ "extends": ["./a.json"] }', 'extends: must be text, not a list'],
    ['{ "extends": null }', 'extends: must be text, not null'],
  ])('%s is refused', (content, words) => {
    mkdirSync(join(project, 'folder'))
    symlinkSync('loop.json', join(project, 'loop.json'))
    write('big.json', ' '.repeat(1024 * 1024 + 1))
    writeFileSync(join(project, 'latin1.json'), Buffer.from([0x22, 0xe9, 0x22]))
    own(content)
    expect(message()).toContain('depgate.config.json:1:14  ')
    expect(message()).toContain(words)
    expect(message()).not.toContain(folder)
  })

  test('a pipe does not hang the run', () => {
    execFileSync('mkfifo', [join(project, 'pipe.json')])
    own({ extends: './pipe.json' })
    expect(message()).toContain('"./pipe.json" is not a regular file')
  })

  test('a circle is found by what files are, not by how they are called', () => {
    own({ extends: './a.json' })
    write('a.json', { extends: './b.json' })
    write('b.json', '{\n "extends": "./link.json" }')
    symlinkSync('a.json', join(project, 'link.json'))
    expect(message()).toContain(
      'b.json:2:13  extends: extends itself: depgate.config.json > a.json > b.json > a.json',
    )
  })

  test('five may follow each other, not six', () => {
    chain(5)
    expect(policy().licenses.allow).toEqual(['MIT'])
    chain(6)
    expect(message()).toContain('5.json:1:12  extends: is one "extends" too many')
  })
})

describe('packages', () => {
  test('are read from node_modules of the project, by path and never as code', () => {
    own({ extends: '@acme/policy' })
    write('node_modules/@acme/policy/package.json', '{ "exports": "./evil.js", "main": "./evil.js" }')
    write('node_modules/@acme/policy/evil.js', 'process.exit(99)')
    write('node_modules/@acme/policy/depgate.config.json', { extends: './more/strict.json', deadline: '7s' })
    write('node_modules/@acme/policy/more/strict.json', { extends: 'other/x.json', cache: { ttl: '1h' } })
    write(
      'node_modules/other/x.json',
      '{ "licenses": { "allow": ["MIT"] },\n "firstParty": [{ "package": "a" }] }',
    )
    expect(policy()).toMatchObject({
      licenses: { allow: ['MIT'], written: [] },
      deadlineMs: 7000,
      firstParty: [{ location: { file: 'node_modules/other/x.json', line: 2 } }],
    })
    own({ extends: '@acme/policy/more/strict.json' })
    expect(policy()).toMatchObject({ deadlineMs: 10_000, cache: { ttlMs: 3_600_000 } })
  })

  test('keep to their own folder', () => {
    own({ extends: 'policy' })
    write('secret.json', allowing('MIT'))
    write('node_modules/policy/depgate.config.json', '{ "extends": "../../secret.json" }')
    expect(message()).toContain(
      'node_modules/policy/depgate.config.json:1:14  extends: "../../secret.json" lies outside',
    )
    rmSync(join(project, 'node_modules/policy/depgate.config.json'))
    symlinkSync('../../secret.json', join(project, 'node_modules/policy/depgate.config.json'))
    expect(message()).toContain('"policy/depgate.config.json" lies outside')
  })

  test('may be links to workspaces, not to elsewhere', () => {
    own({ extends: '@acme/policy' })
    write('packages/policy/depgate.config.json', allowing('MIT'))
    mkdirSync(join(project, 'node_modules/@acme'), { recursive: true })
    symlinkSync('../../packages/policy', join(project, 'node_modules/@acme/policy'))
    expect(policy().licenses.allow).toEqual(['MIT'])
    rmSync(join(project, 'node_modules/@acme/policy'))
    mkdirSync(join(folder, 'elsewhere'))
    writeFileSync(join(folder, 'elsewhere/depgate.config.json'), JSON.stringify(allowing('MIT')))
    symlinkSync('../../../elsewhere', join(project, 'node_modules/@acme/policy'))
    expect(message()).toContain('the package "@acme/policy" lies outside the project')
  })

  test('that are not there, or lack the file', () => {
    own('{ "extends": "@acme/policy" }')
    expect(message()).toContain('the package "@acme/policy" is not in node_modules of the project')
    expect(message()).toContain('npm ci')
    mkdirSync(join(project, 'node_modules/@acme/policy'), { recursive: true })
    expect(message()).toContain('there is no file "@acme/policy/depgate.config.json"')
  })
})

describe('the whole', () => {
  test('must be a policy, whoever was to bring what is missing', () => {
    own('{ "extends": "./base.json" }')
    write('base.json', { deadline: '5s' })
    expect(message()).toContain('licenses: is missing')
  })

  test('has one sha256, however it is cut into files', () => {
    own({ extends: './base.json', ...allowing('extends', 'ISC') })
    write('base.json', allowing('MIT'))
    const { sha256 } = policy()
    own(allowing('MIT', 'ISC'))
    expect(policy().sha256).toBe(sha256)
    own({ extends: './base.json', ...allowing('extends', 'ISC') })
    write('base.json', allowing('0BSD'))
    expect(policy().sha256).not.toBe(sha256)
  })

  test('"extends" in a list without anything extended is an error', () => {
    own('{ "licenses": { "allow": ["extends", "MIT"] } }')
    expect(message()).toContain('depgate.config.json:1:27  licenses.allow[0]: "extends" stands for the list')
  })
})
