/** A registry on the loopback that answers npm's bulk question about advisories as npm documents it, and misbehaves on request. */
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { gunzipSync, gzipSync } from 'node:zlib'

/** One question as it arrived. */
export interface BulkQuestion {
  path: string
  headers: IncomingHttpHeaders
  versions: Record<string, string[]>
}

/** An entry as npm writes it. */
export interface BulkEntry {
  id: number
  url: string
  title: string
  severity: string
  vulnerable_versions: string
  cwe: string[]
  cvss: { score: number; vectorString: string | null }
}

/** A running registry. */
export interface AdvisoryRegistry {
  url: string
  questions: BulkQuestion[]
  /** What it knows, by name. */
  known: Map<string, BulkEntry[]>
  /** The versions of a package, for its packument. */
  versions: Map<string, string[]>
  /** Answers questions about advisories otherwise from now on. */
  answer: (instead: ((response: ServerResponse) => void) | undefined) => void
  close: () => Promise<void>
}

/** An entry with everything that a test does not care about. */
export function bulkEntry(ghsa: string, range: string, severity = 'high'): BulkEntry {
  return {
    id: 1094500,
    url: `https://advisories.example/advisories/${ghsa}`,
    title: `What is wrong by ${ghsa}`,
    severity,
    vulnerable_versions: range,
    cwe: ['CWE-1321'],
    cvss: { score: 7.2, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' },
  }
}

/** Starts it. Close it when done. */
export async function startAdvisoryRegistry(): Promise<AdvisoryRegistry> {
  const questions: BulkQuestion[] = []
  const known = new Map<string, BulkEntry[]>()
  const versions = new Map<string, string[]>()
  const sockets = new Set<Socket>()
  let instead: ((response: ServerResponse) => void) | undefined

  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const path = request.url ?? ''
      if (request.method !== 'POST') return packument(path.slice(1), response)
      const asked = JSON.parse(gunzipSync(Buffer.concat(parts)).toString()) as Record<string, string[]>
      questions.push({ path, headers: request.headers, versions: asked })
      if (instead !== undefined) return instead(response)
      const said = Object.keys(asked).flatMap((name) => (known.has(name) ? [[name, known.get(name)]] : []))
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      return response.end(gzipSync(JSON.stringify(Object.fromEntries(said))))
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  })

  function packument(name: string, response: ServerResponse): void {
    const offered = versions.get(decodeURIComponent(name))
    response.writeHead(offered === undefined ? 404 : 200, { 'content-type': 'application/json' })
    const document = {
      name: decodeURIComponent(name),
      versions: Object.fromEntries((offered ?? []).map((each) => [each, {}])),
    }
    response.end(JSON.stringify(offered === undefined ? {} : document))
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    questions,
    known,
    versions,
    answer: (other) => {
      instead = other
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
