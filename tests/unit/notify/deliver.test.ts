/** Messages as they arrive: signed, tried again, once; and what a target that is not there changes. */
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { deliver } from '#notify/deliver'
import type { NotifyWhen } from '#notify/deliver'
import type { Destination } from '#notify/destination'
import { createSender } from '#notify/http'
import { summariseAudit } from '#notify/summary'
import { keepsIssues, startListener } from '../../support/listener.ts'
import type { Listener } from '../../support/listener.ts'
import { finding } from '../../support/report.ts'
import { audited } from './samples.ts'

const SECRET = 'a key of the test that is long'
const CLEAN = audited({ verdict: 'pass', findings: [] })

let listener: Listener
beforeEach(async () => {
  listener = await startListener()
})
afterEach(() => listener.close())

const webhook = (): Destination => ({
  type: 'webhook',
  url: new URL(`${listener.url}/hook?x=1`),
  secret: SECRET,
})
const slack = (): Destination => ({ type: 'slack', url: new URL(`${listener.url}/slack`) })
const issue = (): Destination => ({
  type: 'github-issue',
  api: new URL(`${listener.url}/api/v3`),
  repository: 'acme/app',
  token: 'ghs_abc',
})

async function tell(
  destinations: Destination[],
  report: RunReport = audited(),
  { when = 'changes', limitMs = 10_000 }: { when?: NotifyWhen; limitMs?: number } = {},
) {
  const sender = createSender({ proxy: { bypass: [] } }, AbortSignal.timeout(limitMs))
  const waits: number[] = []
  const sleep = async (ms: number): Promise<void> => void waits.push(ms)
  const warnings = await deliver(destinations, summariseAudit(report), when, {
    send: sender.send,
    sleep,
    now: Date.now,
  })
  await sender.close()
  return { warnings, waits }
}

test('a webhook can tell who sent it, and when', async () => {
  expect((await tell([webhook()])).warnings).toEqual([])
  const [{ method, path, headers, body } = fail()] = listener.heard
  expect([method, path, headers['content-type']]).toEqual([
    'POST',
    '/hook?x=1',
    'application/json; charset=utf-8',
  ])
  const time = String(headers['x-depgate-timestamp'])
  expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(60)
  expect(headers['x-depgate-signature']).toBe(
    `sha256=${createHmac('sha256', SECRET).update(`${time}.${body}`).digest('hex')}`,
  )
})

test('nothing is told where nothing has changed, unless it always is', async () => {
  const same = audited({}, 'violation')
  await tell([webhook(), slack()], same)
  expect(listener.heard).toEqual([])
  await tell([webhook(), slack()], same, { when: 'always' })
  expect(listener.heard.map(({ path }) => path).toSorted()).toEqual(['/hook?x=1', '/slack'])
})

describe('a target that does not take it', () => {
  test('is asked again, with the same delivery', async () => {
    let times = 0
    listener.answer((_, response) => void response.writeHead(++times < 3 ? 503 : 204).end())
    const { warnings, waits } = await tell([webhook()])
    expect(warnings).toEqual([])
    expect(waits).toEqual([300, 600])
    expect(new Set(listener.heard.map(({ headers }) => headers['x-depgate-delivery'])).size).toBe(1)
  })

  test.each([
    [500, 3],
    [429, 3],
    [400, 1],
    [404, 1],
    [302, 1],
  ])('%i is a warning after %i tries, and others are told', async (status, tries) => {
    const other = await startListener()
    listener.answer((_, response) => void response.writeHead(status, { location: other.url }).end('no'))
    const { warnings } = await tell([webhook(), { type: 'slack', url: new URL(other.url) }])
    expect(warnings).toEqual([
      {
        code: 'notify-failed',
        message: `The message to the webhook was answered with ${status}, so nobody was told there; nothing else changes.`,
      },
    ])
    expect(listener.heard).toHaveLength(tries)
    expect(other.heard).toHaveLength(1)
    await other.close()
  })

  test('is silent: the limit ends it', async () => {
    listener.answer(() => undefined)
    const began = performance.now()
    const { warnings } = await tell([webhook(), slack(), issue()], audited(), { limitMs: 300 })
    expect(performance.now() - began).toBeLessThan(5000)
    expect(warnings.map(({ message }) => /was not answered in time/.test(message))).toEqual([
      true,
      true,
      true,
    ])
  })

  test('is dead', async () => {
    const { url } = listener
    await listener.close()
    const { warnings } = await tell([webhook(), slack(), issue()])
    expect(warnings).toHaveLength(3)
    for (const { message } of warnings) {
      expect(message).toMatch(/could not be delivered/)
      expect(message).not.toContain(url)
      expect(message).not.toContain(SECRET)
    }
    listener = await startListener()
  })
})

const calls = () => listener.heard.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)

describe('the issue', () => {
  const LIST = 'GET /api/v3/repos/acme/app/issues'

  test('is written once, left alone, brought up to date, closed and opened again', async () => {
    const issues = keepsIssues(listener)
    expect((await tell([issue()])).warnings).toEqual([])
    expect(issues).toMatchObject([{ state: 'open', labels: ['depgate'], title: 'depgate: 1 finding in app' }])
    expect(listener.heard.every(({ headers }) => headers.authorization === 'Bearer ghs_abc')).toBe(true)

    await tell([issue()])
    expect(calls()).toEqual([LIST, 'POST /api/v3/repos/acme/app/issues', LIST])

    await tell([issue()], audited({ findings: [finding({ package: 'b@1.0.0', message: 'b is new' })] }))
    expect(issues[0]?.body).toContain('b is new')
    await tell([issue()], CLEAN)
    expect(issues[0]?.state).toBe('closed')
    const before = listener.heard.length
    await tell([issue()], CLEAN)
    expect(calls().slice(before)).toEqual([LIST])
    await tell([issue()])
    expect(issues).toMatchObject([{ state: 'open' }])
  })

  test('is not written for a clean tree', async () => {
    const issues = keepsIssues(listener)
    await tell([issue()], CLEAN)
    expect(issues).toEqual([])
  })

  test('is the one with the mark, not a pull request, not one that anybody opened', async () => {
    const mine = keepsIssues(listener)
    await tell([issue()])
    const body = mine[0]?.body ?? ''
    const others = Array.from({ length: 120 }, (_, at) => ({
      number: at + 1,
      title: 'x',
      body: 'x',
      state: 'open' as const,
      labels: ['depgate'],
    }))
    const issues = keepsIssues(listener, [
      ...others,
      { number: 200, title: 'x', body, state: 'closed', labels: [] },
      { number: 201, title: 'x', body, state: 'open', labels: ['depgate'], pull_request: {} },
      { number: 202, title: 'x', body, state: 'closed', labels: ['depgate'] },
    ])
    await tell([issue()])
    expect(issues.filter(({ title }) => title !== 'x')).toMatchObject([{ number: 202, state: 'open' }])
    expect(issues).toHaveLength(123)
  })

  test.each(['lost', '502'])('is never written twice because an answer was %s', async (how) => {
    listener.answer(({ method }, response) => {
      if (method === 'GET') response.end('[]')
      else if (how === 'lost') response.destroy()
      else response.writeHead(502).end()
    })
    const { warnings } = await tell([issue()])
    expect(warnings).toHaveLength(1)
    expect(calls()).toEqual([LIST, 'POST /api/v3/repos/acme/app/issues'])
  })

  test.each(['<html>', '{}', '{"message":"Not Found"}'])(
    'an answer that is no list is none: %s',
    async (text) => {
      listener.answer((_, response) => void response.end(text))
      expect((await tell([issue()])).warnings).toMatchObject([
        { message: expect.stringContaining('no list of issues') as unknown },
      ])
      expect(calls()).toEqual([LIST])
    },
  )
})

function fail(): never {
  throw new Error('nothing was heard')
}
