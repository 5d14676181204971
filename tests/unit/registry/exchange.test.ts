import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener, Server, ServerResponse } from 'node:http'
import { Agent } from 'undici'
import { afterEach, expect, test } from 'vitest'
import { drain, startExchange } from '#registry/exchange'
import type { Exchange } from '#registry/exchange'

const MEGABYTE = 1024 * 1024
let server: Server
let agent: Agent
afterEach(async () => {
  await agent.destroy()
  server.closeAllConnections()
  server.close()
})

async function serve(listener: RequestListener, connections = 1): Promise<(path?: string) => Exchange> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  agent = new Agent({ connections, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return (path = '/') => startExchange(agent, { origin: `http://127.0.0.1:${port}`, path, method: 'GET' })
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** Writes as fast as the reader takes it, `end` bytes or for ever; gives the bytes that were written so far. */
function pour(response: ServerResponse, end = Infinity): () => number {
  let sent = 0
  const write = (): void => {
    while (sent < end) {
      sent += MEGABYTE
      if (response.write(Buffer.alloc(MEGABYTE))) continue
      response.once('drain', write)
      return
    }
    response.end()
  }
  write()
  return () => sent
}

test('gives the head at once, and the body as it comes', async () => {
  let finish: (() => void) | undefined
  const ask = await serve((_request, response) => {
    response.writeHead(203, { 'x-told': 'yes' }).write('one ')
    finish = () => response.end('two')
  })
  const { status, headers, body } = await ask().answer
  expect([status, headers['x-told']]).toEqual([203, 'yes'])
  const text = textOf(body)
  finish?.()
  expect(await text).toBe('one two')
})

test('a body that nobody reads yet does not pile up, and comes whole when it is read', async () => {
  const size = 64 * MEGABYTE
  let sent: (() => number) | undefined
  const ask = await serve((_request, response) => {
    sent = pour(response, size)
  })
  const { body } = await ask().answer
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(sent?.()).toBeLessThan(size / 2)
  let received = 0
  for await (const part of body) received += part.length
  expect(received).toBe(size)
})

test('ends at once what still waits for a socket, and never sends it', async () => {
  const asked: (string | undefined)[] = []
  const ask = await serve((request, response) => {
    asked.push(request.url)
    if (request.url !== '/first') response.end()
  })
  const first = ask('/first')
  const failed = expect(first.answer).rejects.toThrow('given up')
  const second = ask('/second')
  const refused = expect(second.answer).rejects.toThrow('given up')
  second.abort()
  await refused
  await expect.poll(() => asked).toEqual(['/first'])
  first.abort()
  await failed
  await ask('/third').answer
  expect(asked).toEqual(['/first', '/third'])
})

test('ends in the middle of a body, together with its socket', async () => {
  const closed: Promise<unknown>[] = []
  const ask = await serve((request, response) => {
    closed.push(once(request.socket, 'close'))
    response.writeHead(200).write('one')
  })
  const exchange = ask()
  const { body } = await exchange.answer
  const text = textOf(body)
  exchange.abort()
  await expect(text).rejects.toThrow('given up')
  await closed[0]
})

test('a body that ends too early is an error', async () => {
  const ask = await serve((request, response) => {
    response.writeHead(200, { 'content-length': 10 }).write('one', () => request.socket.destroy())
  })
  const { body } = await ask().answer
  await expect(textOf(body)).rejects.toThrow()
})

test('an answer that has come whole outlives the end of its exchange, and its socket is used again', async () => {
  const ports = new Set<number | undefined>()
  const ask = await serve((request, response) => {
    ports.add(request.socket.remotePort)
    response.end('all')
  })
  for (let count = 0; count < 3; count += 1) {
    const exchange = ask()
    const { body } = await exchange.answer
    await new Promise((resolve) => setTimeout(resolve, 50))
    exchange.abort()
    expect(await textOf(body)).toBe('all')
  }
  expect(ports.size).toBe(1)
})

test('drains what is short, stops at what has no end, and hides what goes wrong', async () => {
  const ask = await serve((request, response) => {
    if (request.url === '/short') response.end('short')
    else if (request.url === '/cut') response.write('x', () => request.socket.destroy())
    else pour(response)
  }, 3)
  for (const path of ['/short', '/cut', '/endless']) {
    const exchange = ask(path)
    expect(await drain((await exchange.answer).body)).toBeUndefined()
    exchange.abort()
  }
})
