/** Tells on the trace what undici says of its sockets, in a thread in which all its requests are the run's own. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { begin, count } from '../trace.ts'

/** Starts to listen to undici; gives the function that ends it. */
export function tellOfPool(): () => void {
  const waiting = new WeakMap<object, () => void>()
  const used = new WeakSet<object>()
  const listeners: [string, (message: unknown) => void][] = [
    [
      'undici:request:create',
      (message) => {
        const request = part(message, 'request')
        if (request !== undefined) waiting.set(request, begin('registry.connection-wait'))
      },
    ],
    [
      'undici:client:sendHeaders',
      (message) => {
        const request = part(message, 'request')
        const socket = part(message, 'socket')
        if (request !== undefined) waiting.get(request)?.()
        count('pool.requests', 'all')
        if (socket === undefined) return
        if (used.has(socket)) count('pool.reused', 'all')
        used.add(socket)
      },
    ],
    ['undici:client:connected', () => count('pool.sockets', 'all')],
    ['undici:client:connectError', () => count('pool.connect-errors', 'all')],
  ]
  for (const [name, listener] of listeners) subscribe(name, listener)
  return () => {
    for (const [name, listener] of listeners) unsubscribe(name, listener)
  }
}

function part(message: unknown, key: 'request' | 'socket'): object | undefined {
  if (typeof message !== 'object' || message === null || !(key in message)) return undefined
  const value: unknown = Reflect.get(message, key)
  return typeof value === 'object' && value !== null ? value : undefined
}
