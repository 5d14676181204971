/** A TCP proxy on the loopback that breaks connections in chosen ways; it knows nothing of what flows through it. */
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** What happens to each connection that is opened from now on. */
export type Fault =
  /** Everything passes. */
  | { type: 'none' }
  /** Closes in good order after this many bytes of the answer. */
  | { type: 'drop'; afterBytes: number }
  /** Sends a reset after this many bytes of the answer. */
  | { type: 'reset'; afterBytes: number }
  /** Accepts, swallows everything, never answers. */
  | { type: 'black-hole' }
  /** Lets every part of the answer through so many milliseconds late. */
  | { type: 'delay'; ms: number }
  /** Lets the answer through at this rate, in steps of 50 ms. */
  | { type: 'throttle'; bytesPerSecond: number }

/** A running fault proxy. */
export interface FaultProxy {
  /** `http://127.0.0.1:<port>`. */
  origin: string
  port: number
  /** Changes what happens to later connections. */
  set(fault: Fault): void
  /** Connections so far. */
  connections(): number
  close(): Promise<void>
}

/** Starts a proxy in front of a port of 127.0.0.1. Close it when done. */
export async function startFaultProxy(
  targetPort: number,
  first: Fault = { type: 'none' },
): Promise<FaultProxy> {
  const sockets = new Set<Socket>()
  let fault = first
  let connections = 0

  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  }

  const server = createServer((client) => {
    connections++
    keep(client)
    if (fault.type === 'black-hole') {
      client.resume()
      return
    }
    const upstream = connect(targetPort, '127.0.0.1')
    keep(upstream)
    client.pipe(upstream)
    client.once('close', () => upstream.destroy())
    pass(upstream, client, fault)
  })

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server.address())
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    set: (next) => {
      fault = next
    },
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function pass(upstream: Socket, client: Socket, fault: Fault): void {
  if (fault.type === 'throttle') {
    throttle(upstream, client, fault.bytesPerSecond)
    return
  }
  if (fault.type === 'delay') {
    upstream.on('data', (chunk) => {
      const timer = setTimeout(() => client.write(chunk), fault.ms)
      client.once('close', () => clearTimeout(timer))
    })
    return
  }
  if (fault.type !== 'drop' && fault.type !== 'reset') {
    upstream.pipe(client)
    return
  }
  let left = fault.afterBytes
  const cut = (): void => {
    upstream.destroy()
    if (fault.type === 'reset') client.resetAndDestroy()
    else client.end()
  }
  upstream.on('data', (chunk) => {
    if (left <= 0) return
    client.write(chunk.subarray(0, left))
    left -= chunk.length
    if (left <= 0) cut()
  })
  upstream.once('close', () => client.end())
  if (left <= 0) cut()
}

function throttle(upstream: Socket, client: Socket, bytesPerSecond: number): void {
  let waiting = Buffer.alloc(0)
  upstream.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk])
  })
  const step = Math.max(1, Math.floor(bytesPerSecond / 20))
  const timer = setInterval(() => {
    client.write(waiting.subarray(0, step))
    waiting = waiting.subarray(step)
  }, 50)
  client.once('close', () => clearInterval(timer))
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  return address.port
}
