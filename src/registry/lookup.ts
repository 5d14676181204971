/** Resolves each host name once: dozens of sockets that each resolve it stall for seconds in the thread pool. */
import dns from 'node:dns'
import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'

/** Asks the system for all addresses of a host. */
export type ResolveAll = (hostname: string) => Promise<LookupAddress[]>

const resolveBySystem: ResolveAll = (hostname) => dns.promises.lookup(hostname, { all: true })

/** A `lookup` for sockets that shares one resolution per host and forgets failures; `resolve` is handed in by tests. */
export function createLookup(resolve: ResolveAll = resolveBySystem): LookupFunction {
  const known = new Map<string, Promise<LookupAddress[]>>()

  function addressesOf(hostname: string): Promise<LookupAddress[]> {
    const running = known.get(hostname)
    if (running !== undefined) return running
    const fresh = resolve(hostname)
    known.set(hostname, fresh)
    fresh.catch(() => known.delete(hostname))
    return fresh
  }

  return (hostname, options, callback) => {
    addressesOf(hostname).then(
      (addresses) => {
        const family = options.family === 4 || options.family === 6 ? options.family : undefined
        const fitting = addresses.filter((address) => family === undefined || address.family === family)
        const first = fitting[0]
        if (first === undefined) callback(noAddress(hostname), '')
        else if (options.all) callback(null, fitting)
        else callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    )
  }
}

function noAddress(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' })
}
