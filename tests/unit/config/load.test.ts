import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { loadPolicy } from '#config/load'
import { MINIMAL_POLICY } from '#config/minimal-policy'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const VALID = '{ "licenses": { "allow": ["MIT"] } }'

let project: string
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'depgate-config-'))
})
afterEach(() => rmSync(project, { recursive: true, force: true }))

const write = (name: string, content: string | Uint8Array) => writeFileSync(join(project, name), content)

function policy(configPath?: string) {
  const loaded = loadPolicy({ project, ...(configPath !== undefined && { configPath }) })
  return loaded.ok ? loaded.policy : expect.unreachable(loaded.message)
}

function failure(configPath?: string) {
  const loaded = loadPolicy({ project, ...(configPath !== undefined && { configPath }) })
  return loaded.ok ? expect.unreachable('it was loaded') : loaded
}

describe('finds', () => {
  test('depgate.config.json', () => {
    write('depgate.config.json', VALID)
    write('package.json', '{ "name": "x" }')
    expect(policy()).toMatchObject({ file: 'depgate.config.json', licenses: { allow: ['MIT'] } })
  })

  test('package.json#depgate, with lines of package.json', () => {
    write(
      'package.json',
      `{ "name": "x",\n"depgate": { "licenses": { "allow": ["ISC"] },\n "firstParty": [{ "package": "a" }] } }`,
    )
    expect(policy()).toMatchObject({
      file: 'package.json',
      licenses: { allow: ['ISC'] },
      firstParty: [{ location: { file: 'package.json', line: 3 } }],
    })
  })

  test('the file that the user names, whatever else there is', () => {
    write('depgate.config.json', 'garbage')
    write('other.json', VALID)
    const path = relative(process.cwd(), join(project, 'other.json'))
    expect(policy(path)).toMatchObject({ file: path })
    write('package.json', `{ "depgate": ${VALID} }`)
    expect(policy(join(project, 'package.json'))).toMatchObject({ licenses: { allow: ['MIT'] } })
  })

  test('a policy beside a package.json that cannot be read: that is for others to complain of', () => {
    write('depgate.config.json', VALID)
    write('package.json', '{')
    expect(policy().licenses.allow).toEqual(['MIT'])
  })

  test('a policy behind a byte order mark, with comments and trailing commas', () => {
    write('depgate.config.json', '\uFEFF// why\r\n{ "licenses": { "allow": ["MIT",], }, }\r\n')
    expect(policy().licenses.allow).toEqual(['MIT'])
  })

  test('a symbolic link to a regular file', () => {
    write('real.json', VALID)
    symlinkSync('real.json', join(project, 'depgate.config.json'))
    expect(policy().licenses.allow).toEqual(['MIT'])
  })
})

describe('without a policy', () => {
  test.each([[undefined], ['{ "name": "x" }'], ['[]'], ['"depgate"']])('package.json is %s', (content) => {
    if (content !== undefined) write('package.json', content)
    const { absent, message } = failure()
    expect(absent).toBe(true)
    expect(message).toContain('neither depgate.config.json nor the key "depgate" of package.json')
  })

  test('the text holds a file that can be pasted and then loads', () => {
    const { message } = failure()
    const pasted = message.slice(message.indexOf('{'))
    write('depgate.config.json', pasted)
    const { allow } = policy().licenses
    expect(allow).toEqual(expect.arrayContaining(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', '0BSD']))
    write('depgate.config.json', MINIMAL_POLICY)
    expect(policy().licenses.allow).toEqual(allow)
    // Nobody's first run is to be refused for Vitest (MPL-2.0) or depgate itself (CC-BY-3.0).
    expect(policy().licenses.scopes.dev).toEqual(expect.arrayContaining(['CC-BY-3.0', 'MPL-2.0']))
  })
})

describe('refuses', () => {
  test('two policies, and names both', () => {
    write('depgate.config.json', VALID)
    write('package.json', `{\n  "depgate": ${VALID} }`)
    const { absent, message } = failure()
    expect(absent).toBe(false)
    expect(message).toContain('package.json:2:3  depgate: there is a policy here and in depgate.config.json')
  })

  test('a policy in package.json that is no object, even an empty one', () => {
    write('package.json', '{ "depgate": null }')
    expect(failure().message).toContain('package.json:1:14  must be an object, not null')
    write('package.json', '{ "depgate": {} }')
    expect(failure().message).toContain('package.json:1:14  licenses: is missing')
  })

  test('to say that there is none where package.json cannot be read', () => {
    write('package.json', '{ "depgate": {')
    expect(failure()).toMatchObject({ absent: false })
    expect(failure().message).toContain('package.json:1:15  is not valid JSON: close brace expected')
  })

  test('a named file that is not there, or a package.json without the key', () => {
    expect(failure('no/such.json').message).toBe('no/such.json  there is no such file')
    expect(failure('no/such.json').absent).toBe(false)
    write('package.json', '{}')
    expect(failure(join(project, 'package.json')).message).toContain('has no key "depgate"')
  })

  test.each([
    ['', 'depgate.config.json:1:1  is empty'],
    ['module.exports = {}', 'depgate.config.json:1:1  is not valid JSON'],
    ['{\n<<<<<<< HEAD\n}', 'depgate.config.json:2:1  holds the marker of a merge conflict'],
    [Buffer.from([0xff, 0xfe, 0x7b, 0x00]), 'depgate.config.json  is not UTF-8 text'],
    [Buffer.from([0x22, 0xc3, 0x28, 0x22]), 'depgate.config.json  is not UTF-8 text'],
    [' '.repeat(1024 * 1024 + 1), 'depgate.config.json  is larger than 1048576 bytes'],
    ['{ "licenses": { "allow": [] },\n"licenses": { "allow": ["MIT"] } }', ':2:1  licenses: stands twice'],
  ])('%j', (content, message) => {
    write('depgate.config.json', content)
    expect(failure()).toMatchObject({ absent: false })
    expect(failure().message).toContain(message)
  })

  test('a folder, a pipe, a link that leads nowhere round', () => {
    const path = join(project, 'depgate.config.json')
    mkdirSync(path)
    expect(failure().message).toContain('is not a regular file')
    rmSync(path, { recursive: true })
    execFileSync('mkfifo', [path])
    expect(failure().message).toContain('is not a regular file')
    rmSync(path)
    symlinkSync('depgate.config.json', path)
    expect(failure().message).toContain('is a symbolic link that leads nowhere')
  })

  test('with all errors from top to bottom, and no path of this machine', () => {
    write(
      'depgate.config.json',
      '{\n"deadline": 5,\n"licenses": { "allow": ["mit"],\n"allow": ["isc"] },\n"x": 1 }',
    )
    const { message, errors } = failure()
    expect(errors.map(({ line }) => line)).toEqual([2, 4, 4, 5])
    expect(message).not.toContain(project)
  })
})
