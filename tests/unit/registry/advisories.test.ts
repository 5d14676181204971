/** npm's bulk question about advisories: what is asked of whom, and which answers are none. */
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AdvisoryAnswer } from '#registry/advisories'
import type { RegistryClient } from '#registry/client'
import { bulkEntry, startAdvisoryRegistry } from '../../support/advisory-registry.ts'
import type { AdvisoryRegistry } from '../../support/advisory-registry.ts'
import { clientFor, configFor } from './clients.ts'

let registry: AdvisoryRegistry
let client: RegistryClient
beforeEach(async () => {
  registry = await startAdvisoryRegistry()
  client = await clientFor(configFor(registry.url))
})
afterEach(async () => {
  await client.close()
  await registry.close()
})

const TREE = new Map([
  ['left-pad', ['1.3.0', '1.0.0']],
  ['@acme/x', ['2.0.0']],
])

async function only(answers: Promise<AdvisoryAnswer[]>): Promise<AdvisoryAnswer> {
  const [first, ...others] = await answers
  if (first === undefined || others.length > 0) throw new Error('not one answer')
  return first
}

test('one gzipped question holds all names, with the login of the registry', async () => {
  registry.known.set('left-pad', [bulkEntry('GHSA-aaaa-bbbb-cccc', '<1.3.1')])
  const prefix = registry.url.replace('http:', '')
  const config = configFor(registry.url, { credentials: [{ prefix, authorization: 'Bearer t' }] })
  await client.close()
  client = await clientFor(config)
  const { names, entries } = await only(client.advisories(TREE))
  expect(names).toEqual(['left-pad', '@acme/x'])
  expect(entries.ok && [...entries.value]).toEqual([['left-pad', registry.known.get('left-pad')]])
  expect(registry.questions).toMatchObject([
    {
      path: '/-/npm/v1/security/advisories/bulk',
      versions: Object.fromEntries(TREE),
      headers: { 'content-encoding': 'gzip', 'content-type': 'application/json', authorization: 'Bearer t' },
    },
  ])
})

test('scopes are asked about where they come from, and nowhere else', async () => {
  const other = await startAdvisoryRegistry()
  await client.close()
  client = await clientFor(
    configFor(registry.url, { scopes: { '@acme': other.url }, untrustedScopes: ['@who'] }),
  )
  const answers = await client.advisories(new Map([...TREE, ['@who/y', ['1.0.0']]]))
  expect(answers.map(({ names, entries }) => [names, entries.ok || entries.failure.code])).toEqual([
    [['@who/y'], 'untrusted-registry'],
    [['left-pad'], true],
    [['@acme/x'], true],
  ])
  expect(registry.questions.map(({ versions }) => Object.keys(versions))).toEqual([['left-pad']])
  expect(other.questions.map(({ versions }) => Object.keys(versions))).toEqual([['@acme/x']])
  await other.close()
})

test('many names are several questions', async () => {
  const names = Array.from({ length: 1200 }, (_, at) => `p${at}`)
  const answers = await client.advisories(new Map(names.map((name) => [name, ['1.0.0']])))
  expect(answers.flatMap((answer) => answer.names).toSorted()).toEqual(names.toSorted())
  const sizes = registry.questions.map(({ versions }) => Object.keys(versions).length)
  expect(sizes.toSorted((a, b) => a - b)).toEqual([200, 500, 500])
})

test('what is no package is never asked about', async () => {
  const { entries } = await only(client.advisories(new Map([['../x', ['1.0.0']]])))
  expect(!entries.ok && entries.failure.code).toBe('invalid-name')
  expect(registry.questions).toEqual([])
})

const status = (code: number) => (response: ServerResponse) => response.writeHead(code).end('{}')
const body = (text: string) => (response: ServerResponse) => response.writeHead(200).end(text)

describe('is no answer', () => {
  test.each<[string, (response: ServerResponse) => void, string]>([
    ['405', status(405), 'unexpected-status'],
    ['404', status(404), 'unexpected-status'],
    ['410', status(410), 'unexpected-status'],
    ['400', status(400), 'unexpected-status'],
    ['401', status(401), 'unauthorized'],
    ['500', status(500), 'server-error'],
    ['HTML', body('<html>'), 'malformed'],
    ['a list', body('[]'), 'malformed'],
    ['an error', body('{"error":"no"}'), 'malformed'],
    ['names that nobody asked about', body('{"right-pad":[]}'), 'malformed'],
    ['the prototype', body('{"__proto__":[]}'), 'malformed'],
    ['no entries', body('{"left-pad":{"id":1}}'), 'malformed'],
    ['entries that are none', body('{"left-pad":[1]}'), 'malformed'],
    [
      'a body that is cut',
      (response) => response.writeHead(200, { 'content-length': '99' }).write('{}', () => response.destroy()),
      'truncated',
    ],
  ])('%s', async (_, answer, code) => {
    registry.answer(answer)
    const { names, entries } = await only(client.advisories(new Map([['left-pad', ['1.3.0']]])))
    expect(names).toEqual(['left-pad'])
    expect(!entries.ok && entries.failure.code).toBe(code)
  })

  test('silence', async () => {
    await client.close()
    client = await clientFor(configFor(registry.url), { remainingMs: () => 300 })
    registry.answer(() => undefined)
    const { entries } = await only(client.advisories(TREE))
    expect(!entries.ok && entries.failure.code).toBe('deadline')
  })

  test('offline', async () => {
    await client.close()
    client = await clientFor(configFor(registry.url), { offline: true })
    const { entries } = await only(client.advisories(TREE))
    expect(!entries.ok && entries.failure.code).toBe('offline')
    expect(registry.questions).toEqual([])
  })
})

test('a fault is tried again', async () => {
  let first = true
  registry.answer((response) => {
    response.writeHead(first ? 503 : 200).end('{}')
    first = false
  })
  const { entries } = await only(client.advisories(TREE))
  expect(entries.ok).toBe(true)
  expect(registry.questions).toHaveLength(2)
})
