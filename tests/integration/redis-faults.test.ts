/** A shared cache that is dead, slow or no Redis is left out of the run, with one warning and the same judgement. */
import { execFile, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { CLI, cliEnvironment } from '../support/cli.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import type { Fault } from '../support/fault-proxy.ts'
import { judgementOf } from '../support/judgement.ts'
import { ALWAYS_ASKED } from '../support/mixed-project.ts'
import { hasRedis, startRedis } from '../support/redis-server.ts'
import type { RedisServer } from '../support/redis-server.ts'
import type { Scenario } from '../support/scenario.ts'
import { codes, KEY, PATIENT, startSharedCache } from '../support/shared-cache.ts'
import type { SharedCache } from '../support/shared-cache.ts'

let redis: RedisServer
let scenario: Scenario
let run: SharedCache['run']
let fill: SharedCache['fill']

// Its patience of 300 ms may come to an end on a machine that is busy with other work; twice in a row that says something.
describe.runIf(hasRedis())('of no use, the shared cache is left out with one warning', { retry: 2 }, () => {
  let shared: SharedCache
  beforeAll(async () => {
    shared = await startSharedCache()
    ;({ redis, scenario, run, fill } = shared)
  })
  afterAll(() => shared.close())
  beforeEach(() => redis.client.flushall())

  test('nobody listens', async () => {
    const { warnings, cache } = await run({ DEPGATE_REDIS_URL: 'redis://127.0.0.1:1' })
    expect(cache.redis).toBe(0)
    expect(warnings).toEqual([
      {
        code: 'cache-redis-left-out',
        message: 'The shared cache (Redis) was left out of this run: the connection failed (ECONNREFUSED).',
      },
    ])
  })

  test('name servers never answer, and the process does not wait for them', async ({ skip }) => {
    const silent = createSocket('udp4')
    onTestFinished(() => void silent.close())
    const bound = await new Promise<boolean>((done) => {
      silent.once('error', () => done(false))
      silent.bind(53, '127.0.0.77', () => done(true))
    })
    const folder = mkdtempSync(join(tmpdir(), 'depgate-dns-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.77\noptions timeout:5 attempts:6\n')
    const inside = [
      '-m',
      'sh',
      '-c',
      'mount --bind "$0" /etc/resolv.conf && exec "$@"',
      join(folder, 'resolv.conf'),
    ]
    if (!bound || spawnSync('unshare', [...inside, 'true']).status !== 0) {
      skip('only root on Linux can give a process name servers of its own')
    }
    const { home, folder: cwd } = scenario.project
    const env = { DEPGATE_CACHE_KEY: KEY, DEPGATE_REDIS_URL: 'redis://cache.example:6379' }
    const started = performance.now()
    const { stdout } = await promisify(execFile)(
      'unshare',
      [
        ...inside,
        'sh',
        '-c',
        '"$@" || true',
        'sh',
        process.execPath,
        CLI,
        'check',
        '--format',
        'json',
        ...PATIENT,
      ],
      {
        cwd,
        env: cliEnvironment({ home, registry: scenario.registry.url, env }),
        maxBuffer: 64 * 1024 * 1024,
      },
    )
    expect(performance.now() - started).toBeLessThan(20_000)
    const report = JSON.parse(stdout) as RunReport
    expect(judgementOf(report)).toEqual(judgementOf(shared.honest.report))
    expect(codes(report.warnings)).toEqual(['cache-redis-left-out'])
  })

  test('what listens there is no Redis', async () => {
    const stranger = createServer((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done))
    onTestFinished(() => void stranger.close())
    const { port } = stranger.address() as AddressInfo
    const { warnings } = await run({ DEPGATE_REDIS_URL: `redis://127.0.0.1:${port}` })
    expect(warnings).toEqual([
      {
        code: 'cache-redis-left-out',
        message: 'The shared cache (Redis) was left out of this run: the connection failed (EPROTO).',
      },
    ])
  })

  test('it wants a password: none, a wrong one, the right one', async () => {
    const locked = await startRedis()
    onTestFinished(() => locked.close())
    await locked.client.config('SET', 'requirepass', 's3cret')
    for (const [url, code] of [
      [locked.url, 'NOAUTH'],
      [`redis://:wr0ng@127.0.0.1:${locked.port}`, 'WRONGPASS'],
    ] as const) {
      const { warnings, report } = await run({ DEPGATE_REDIS_URL: url })
      expect(codes(warnings)).toEqual(['cache-redis-left-out'])
      expect(warnings[0]?.message).toContain(code)
      expect(JSON.stringify(report)).not.toContain('wr0ng')
    }
    const url = `redis://:s3cret@127.0.0.1:${locked.port}`
    await run({ DEPGATE_REDIS_URL: url })
    expect((await run({ DEPGATE_REDIS_URL: url })).asked).toEqual(ALWAYS_ASKED)
  })

  test.each<[how: string, fault: Fault]>([
    ['it accepts and never answers', { type: 'black-hole' }],
    ['it answers after five seconds', { type: 'delay', ms: 5000 }],
    ['it answers byte by byte', { type: 'throttle', bytesPerSecond: 2000 }],
    ['the connection is cut in mid-pipeline', { type: 'drop', afterBytes: 3000 }],
    ['the connection is reset in mid-pipeline', { type: 'reset', afterBytes: 3000 }],
  ])('%s', async (_how, fault) => {
    await fill()
    const proxy = await startFaultProxy(redis.port, fault)
    onTestFinished(() => proxy.close())
    const { warnings } = await run({ DEPGATE_REDIS_URL: `redis://127.0.0.1:${proxy.port}` })
    expect(codes(warnings)).toEqual(['cache-redis-left-out'])
    expect(proxy.connections()).toBe(1)
  })

  test('it is killed while it answers', async () => {
    const victim = await startRedis()
    onTestFinished(() => victim.close())
    await fill(victim)
    const proxy = await startFaultProxy(victim.port, { type: 'throttle', bytesPerSecond: 2000 })
    onTestFinished(() => proxy.close())
    const running = run({ DEPGATE_REDIS_URL: `redis://127.0.0.1:${proxy.port}` })
    await expect.poll(() => proxy.connections(), { timeout: 20_000, interval: 5 }).toBe(1)
    victim.signal('SIGKILL')
    expect(codes((await running).warnings)).toEqual(['cache-redis-left-out'])
  })
})
