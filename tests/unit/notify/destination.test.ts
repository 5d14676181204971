/** Where messages go is what the environment says, and nothing that a policy could make up. */
import { describe, expect, test } from 'vitest'
import type { NotifyTarget } from '#model/policy'
import { findDestinations } from '#notify/destination'

const ENV = {
  DEPGATE_WEBHOOK_URL: 'https://hooks.example/x?key=1',
  DEPGATE_WEBHOOK_SECRET: 'k'.repeat(32),
  DEPGATE_SLACK_URL: 'https://chat.example/services/T/B/s3cret',
  GITHUB_API_URL: 'https://git.example/api/v3',
  GITHUB_REPOSITORY: 'acme/app',
  GITHUB_TOKEN: 'ghs_abc',
}
const WEBHOOK: NotifyTarget = {
  type: 'webhook',
  url: 'DEPGATE_WEBHOOK_URL',
  secret: 'DEPGATE_WEBHOOK_SECRET',
}
const ISSUE: NotifyTarget = { type: 'github-issue', token: 'GITHUB_TOKEN' }

test('the policy names variables', () => {
  expect(findDestinations([WEBHOOK, { type: 'slack', url: 'DEPGATE_SLACK_URL' }, ISSUE], ENV)).toEqual({
    ok: true,
    destinations: [
      { type: 'webhook', url: new URL(ENV.DEPGATE_WEBHOOK_URL), secret: ENV.DEPGATE_WEBHOOK_SECRET },
      { type: 'slack', url: new URL(ENV.DEPGATE_SLACK_URL) },
      { type: 'github-issue', api: new URL(ENV.GITHUB_API_URL), repository: 'acme/app', token: 'ghs_abc' },
    ],
  })
})

test('without a policy of it the environment says who is told', () => {
  const found = findDestinations([], { ...ENV, DEPGATE_ISSUE_REPOSITORY: 'acme/other' })
  expect(found.ok && found.destinations.map(({ type }) => type)).toEqual(['webhook', 'slack', 'github-issue'])
  expect(found).toMatchObject({ destinations: [{}, {}, { repository: 'acme/other' }] })
})

describe('is a mistake, told without any value', () => {
  test.each<[string, NotifyTarget[], Record<string, string | undefined>, RegExp]>([
    ['nobody to tell', [], {}, /nobody to tell/],
    ['an address that is not set', [WEBHOOK], {}, /^DEPGATE_WEBHOOK_URL, .* is not set\.$/],
    [
      'an address without TLS',
      [WEBHOOK],
      { DEPGATE_WEBHOOK_URL: 'http://hooks.example/s3cret' },
      /no.* https address|does not hold an https/,
    ],
    [
      'an address with a login',
      [WEBHOOK],
      { DEPGATE_WEBHOOK_URL: 'https://u:s3cret@hooks.example/' },
      /without a login/,
    ],
    [
      'another kind of address',
      [WEBHOOK],
      { DEPGATE_WEBHOOK_URL: 'redis://:s3cret@cache.example' },
      /https address/,
    ],
    ['a short key', [WEBHOOK], { ...ENV, DEPGATE_WEBHOOK_SECRET: 's3cret' }, /fewer than 16 characters/],
    ['no API', [ISSUE], { ...ENV, GITHUB_API_URL: undefined }, /^GITHUB_API_URL, .* is not set\.$/],
    ['no repository', [ISSUE], { ...ENV, GITHUB_REPOSITORY: undefined }, /GITHUB_REPOSITORY does not hold/],
    [
      'a repository that leads elsewhere',
      [ISSUE],
      { ...ENV, GITHUB_REPOSITORY: 'acme/..' },
      /GITHUB_REPOSITORY does not hold/,
    ],
    [
      'a token with a line break',
      [ISSUE],
      { ...ENV, GITHUB_TOKEN: 's3cret\r\nx: y' },
      /GITHUB_TOKEN does not hold/,
    ],
  ])('%s', (_, targets, env, problem) => {
    const found = findDestinations(targets, env)
    expect(found).toMatchObject({ ok: false })
    const text = found.ok ? '' : found.problems.join('\n')
    expect(text).toMatch(problem)
    expect(text).not.toContain('s3cret')
  })
})

test('this very machine needs no TLS', () => {
  expect(
    findDestinations([{ type: 'slack', url: 'DEPGATE_SLACK_URL' }], {
      DEPGATE_SLACK_URL: 'http://127.0.0.1:9/x',
    }).ok,
  ).toBe(true)
  expect(
    findDestinations([{ type: 'slack', url: 'DEPGATE_SLACK_URL' }], {
      DEPGATE_SLACK_URL: 'http://127.0.0.1.evil.example/',
    }).ok,
  ).toBe(false)
})
