import { gzipSync } from 'node:zlib'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Outcome } from '#model/outcome'
import { WHOLE_BODY } from '#registry/body'
import type { BodyReader } from '#registry/body'
import { createDispatcher } from '#registry/dispatcher'
import type { Dispatcher, Reply, RequestLimits } from '#registry/dispatcher'
import { startFakeRegistry } from '../../support/fake-registry.ts'
import type { Behaviour, FakeRegistry } from '../../support/fake-registry.ts'
import { startFaultProxy } from '../../support/fault-proxy.ts'

let registry: FakeRegistry
let dispatcher: Dispatcher
beforeEach(async () => {
  registry = await startFakeRegistry()
  registry.publish('a', '1.0.0', { license: 'MIT' })
  dispatcher = newDispatcher()
})
afterEach(async () => {
  await dispatcher.close()
  await registry.close()
})

function newDispatcher(proxy?: string): Dispatcher {
  return createDispatcher({ connections: 8, ca: undefined, proxy, connectTimeoutMs: 1000 })
}

function get(limits: Partial<RequestLimits> = {}, origin = registry.origin): Promise<Outcome<Reply>> {
  const signal = new AbortController().signal
  return dispatcher.get(
    new URL(`${origin}/a/1.0.0`),
    {},
    { timeoutMs: 2000, remainingMs: 9000, signal, ...limits },
    WHOLE_BODY,
  )
}

function code(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'ok' : outcome.failure.code
}

test('answers with the text of a compressed body', async () => {
  const outcome = await get()
  expect(outcome.ok && JSON.parse(outcome.value.body ?? '')).toMatchObject({ name: 'a', license: 'MIT' })
  expect(registry.requests[0]?.headers['accept-encoding']).toBe('gzip')
})

test('keeps sockets for the next request, after errors with a body too', async () => {
  for (let i = 0; i < 5; i++) await get()
  registry.behave({ type: 'status', status: 404, body: '{}' })
  for (let i = 0; i < 5; i++) await get()
  expect(registry.requests).toHaveLength(10)
  // undici frees a socket a moment after the body's end, so the second request may open a second one.
  expect(registry.connections()).toBeLessThanOrEqual(2)
})

test('a process that stands still is no slow registry', async () => {
  registry.behave({ type: 'latency', ms: 50 })
  await get()
  const outcome = get({ timeoutMs: 400 })
  await wait(10)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000)
  expect(code(await outcome)).toBe('ok')
})

test('standing still does not make the run longer', async () => {
  registry.behave({ type: 'hang' })
  const outcome = get({ timeoutMs: 5000, remainingMs: 500 })
  await wait(10)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500)
  const before = performance.now()
  expect(code(await outcome)).toBe('deadline')
  expect(performance.now() - before).toBeLessThan(1000)
})

test('opens no more sockets than it may', async () => {
  registry.behave({ type: 'latency', ms: 30 })
  await Promise.all(Array.from({ length: 40 }, () => get()))
  expect(registry.connections()).toBeLessThanOrEqual(8)
})

describe('bad answers', () => {
  const cases: [string, Behaviour, string][] = [
    ['another encoding', { type: 'body', body: '{}', headers: { 'content-encoding': 'br' } }, 'malformed'],
    [
      'two encodings',
      { type: 'body', body: '{}', headers: { 'content-encoding': 'gzip, gzip' } },
      'malformed',
    ],
    ['gzip that is none', { type: 'body', body: '{}', headers: { 'content-encoding': 'gzip' } }, 'malformed'],
    ['text that is not UTF-8', { type: 'body', body: Buffer.from([0x22, 0xff, 0x22]) }, 'malformed'],
    ['gzip without its end', { type: 'truncated-gzip' }, 'truncated'],
    ['less than its length', { type: 'truncated-length' }, 'truncated'],
    ['chunks without their end', { type: 'truncated-chunked' }, 'truncated'],
    ['a gzip bomb', { type: 'gzip-bomb' }, 'too-large'],
    [
      'a length of 9 TB',
      { type: 'body', body: '{}', headers: { 'content-length': '9000000000000' } },
      'too-large',
    ],
    ['huge headers', { type: 'status', status: 200, headers: { x: 'y'.repeat(100_000) } }, 'too-large'],
    ['nothing', { type: 'reset' }, 'unreachable'],
    ['silence', { type: 'hang' }, 'timeout'],
    ['a drip', { type: 'drip' }, 'timeout'],
    ['early hints for ever', { type: 'informational-flood' }, 'timeout'],
  ]
  test.each(cases)('%s', async (_, behaviour, expected) => {
    registry.behave(behaviour)
    expect(code(await get({ timeoutMs: expected === 'timeout' ? 400 : 4000 }))).toBe(expected)
  })
})

test('the smaller of the two limits counts, and says which one it was', async () => {
  registry.behave({ type: 'hang' })
  expect(code(await get({ timeoutMs: 50, remainingMs: 5000 }))).toBe('timeout')
  expect(code(await get({ timeoutMs: 5000, remainingMs: 50 }))).toBe('deadline')
  expect(code(await get({ remainingMs: 0 }))).toBe('deadline')
})

test('an abort ends a request in any state', async () => {
  for (const behaviour of [{ type: 'hang' }, { type: 'drip' }] as const) {
    registry.behave(behaviour)
    const stop = new AbortController()
    const pending = get({ signal: stop.signal })
    setTimeout(() => stop.abort(), 50)
    expect(code(await pending)).toBe('deadline')
  }
  const before = registry.requests.length
  expect(code(await get({ signal: AbortSignal.abort() }))).toBe('deadline')
  expect(registry.requests).toHaveLength(before)
})

test('a drip after a refusal does not hold the slot beyond the limit', async () => {
  registry.behave({ type: 'status', status: 404, headers: { 'content-length': '10' }, body: '{}' })
  const outcome = await get({ timeoutMs: 200 })
  expect(outcome).toEqual({ ok: true, value: { status: 404 } })
})

test('redirects are not followed, wherever they lead', async () => {
  const other = await startFakeRegistry()
  for (const to of [
    `${other.origin}/a/1.0.0`,
    `${registry.origin}/b/1.0.0`,
    '/b/1.0.0',
    '//127.0.0.1/',
    'file:///etc',
  ]) {
    for (const status of [301, 302, 303, 307, 308]) {
      registry.behave({ type: 'redirect', to, status }, { times: 1 })
      expect(await get()).toEqual({ ok: true, value: { status } })
    }
  }
  expect(other.requests).toEqual([])
  expect(registry.asked().every((id) => id === 'a@1.0.0')).toBe(true)
  await other.close()
})

test('a closed port and a name that does not exist are unreachable', async () => {
  const { port } = registry
  await registry.close()
  const closed = await get({}, `http://127.0.0.1:${port}`)
  expect(closed).toMatchObject({ ok: false, failure: { code: 'unreachable' } })
  expect(closed.ok || closed.failure.message).toContain('ECONNREFUSED')
  registry = await startFakeRegistry()
  expect(code(await get({ timeoutMs: 4000 }, 'http://registry.invalid'))).toMatch(/unreachable|timeout/)
})

test('what does not speak HTTP is malformed', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  expect(code(await get({}, `http://127.0.0.1:${address.port}`))).toBe('malformed')
  server.close()
})

test('a plain server behind https is not trusted', async () => {
  expect(code(await get({}, registry.origin.replace('http:', 'https:')))).toBe('tls')
})

describe('through a broken connection', () => {
  test.each(['drop', 'reset'] as const)(
    '%s after every byte of a good answer never gives ok',
    async (type) => {
      const whole = await wholeAnswerLength()
      const proxy = await startFaultProxy(registry.port)
      for (let afterBytes = 0; afterBytes < whole; afterBytes++) {
        proxy.set({ type, afterBytes })
        const outcome = await get({}, proxy.origin)
        expect([afterBytes, outcome.ok]).toEqual([afterBytes, false])
      }
      proxy.set({ type: 'none' })
      expect(code(await get({}, proxy.origin))).toBe('ok')
      await proxy.close()
    },
    60_000,
  )

  test('a black hole ends with the total time', async () => {
    const proxy = await startFaultProxy(registry.port, { type: 'black-hole' })
    expect(code(await get({ timeoutMs: 100 }, proxy.origin))).toBe('timeout')
    await proxy.close()
  })

  test('a slow line is waited for as long as there is time', async () => {
    const proxy = await startFaultProxy(registry.port, { type: 'throttle', bytesPerSecond: 4000 })
    expect(code(await get({}, proxy.origin))).toBe('ok')
    await proxy.close()
  })
})

/** Bytes of the good answer on the wire, headers included. */
async function wholeAnswerLength(): Promise<number> {
  const { connect } = await import('node:net')
  return new Promise((resolve) => {
    const socket = connect(registry.port, '127.0.0.1')
    let bytes = 0
    socket.on('data', (chunk) => (bytes += chunk.length))
    socket.once('close', () => resolve(bytes))
    socket.write(
      'GET /a/1.0.0 HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip\r\nconnection: keep-alive\r\n\r\n',
    )
    setTimeout(() => socket.destroy(), 200)
  })
}

test('a proxy is used, with its login', async () => {
  const seen: string[] = []
  const proxy = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (head) => {
      seen.push(head.toString())
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const through = newDispatcher(`http://user:pa%20ss@127.0.0.1:${address.port}`)
  const limits = { timeoutMs: 2000, remainingMs: 9000, signal: new AbortController().signal }
  const outcome = await through.get(
    new URL('https://registry.example/a/1.0.0'),
    { authorization: 'Bearer t' },
    limits,
    WHOLE_BODY,
  )
  expect(code(outcome)).toBe('unreachable')
  expect(outcome.ok || outcome.failure.message).not.toMatch(/user|pa ss|Bearer/)
  expect(seen[0]).toMatch(/^CONNECT registry\.example:443 /)
  expect(seen[0]).toContain(`proxy-authorization: Basic ${Buffer.from('user:pa ss').toString('base64')}`)
  expect(seen.join('')).not.toContain('Bearer')
  await through.close()
  proxy.close()
})

test('close destroys sockets at once and never hangs', async () => {
  registry.behave({ type: 'hang' })
  const pending = get({ timeoutMs: 60_000, remainingMs: 60_000 })
  await new Promise((resolve) => setTimeout(resolve, 100))
  await dispatcher.close()
  expect((await pending).ok).toBe(false)
  await dispatcher.close()
  await newDispatcher().close()
})

function readSlowly(bytesPerSecond: number): Promise<Outcome<Reply>> {
  registry.behave({ type: 'drip', everyMs: 25, bytes: 8 })
  const signal = new AbortController().signal
  const limits = { timeoutMs: 100, remainingMs: 9000, signal }
  return dispatcher.get(new URL(`${registry.origin}/a/1.0.0`), {}, limits, { ...WHOLE_BODY, bytesPerSecond })
}

describe('a large body', () => {
  test('may take as long as it needs at the least speed', async () => {
    expect(code(await readSlowly(20))).toBe('ok')
  })

  test('is not waited for below that', async () => {
    expect(code(await readSlowly(100_000))).toBe('timeout')
  })
})

test('a reader of compressed files asks for no compression and understands none', async () => {
  const signal = new AbortController().signal
  const limits = { timeoutMs: 2000, remainingMs: 9000, signal }
  const ask = (): Promise<Outcome<Reply>> =>
    dispatcher.get(new URL(`${registry.origin}/a/1.0.0`), {}, limits, { ...WHOLE_BODY, asIs: true })
  expect(code(await ask())).toBe('ok')
  expect(registry.requests.at(-1)?.headers['accept-encoding']).toBe('identity')
  registry.behave({ type: 'body', body: gzipSync('{}'), headers: { 'content-encoding': 'gzip' } })
  expect(code(await ask())).toBe('malformed')
})

/** A reader that holds up all others for so many milliseconds. */
const heldFor = (ms: number): BodyReader => ({
  maxWireBytes: 1024,
  read: (_body, _encoding, gate, signal) =>
    gate(async () => {
      signal.throwIfAborted()
      await wait(ms)
      return 'read'
    }),
})
const ask = (reader: BodyReader, limits: Partial<RequestLimits>) =>
  dispatcher.get(
    new URL(`${registry.origin}/a/1.0.0`),
    {},
    { timeoutMs: 5000, remainingMs: 9000, signal: new AbortController().signal, ...limits },
    reader,
  )

describe('an answer that has to wait until others are read', () => {
  test('is not slow for it', async () => {
    const first = ask(heldFor(700), {})
    await wait(100)
    const second = ask(heldFor(0), { timeoutMs: 300 })
    expect([code(await first), code(await second)]).toEqual(['ok', 'ok'])
  })

  test('still ends with the run', async () => {
    const first = ask(heldFor(700), {})
    await wait(100)
    const second = await ask(heldFor(0), { timeoutMs: 5000, remainingMs: 300 })
    expect([code(await first), code(second)]).toEqual(['ok', 'deadline'])
  })
})
