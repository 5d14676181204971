/** A server on the loopback that writes down what it is told, and answers as a test wants. */
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** One request as it arrived. */
export interface Heard {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** A running listener. */
export interface Listener {
  url: string
  heard: Heard[]
  /** Answers otherwise from now on; 200 and `ok` by default. */
  answer: (with_: (heard: Heard, response: ServerResponse) => void) => void
  close: () => Promise<void>
}

/** Starts it. Close it when done. */
export async function startListener(): Promise<Listener> {
  const heard: Heard[] = []
  const sockets = new Set<Socket>()
  let answer = (_: Heard, response: ServerResponse): void => void response.end('ok')
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      const one = { method, path, headers, body: Buffer.concat(parts).toString() }
      heard.push(one)
      answer(one, response)
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    answer: (other) => {
      answer = other
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** An issue as GitHub has it. */
export interface FakeIssue {
  number: number
  title: string
  body: string
  state: 'open' | 'closed'
  labels: string[]
  pull_request?: object
}

/** Makes a listener answer as GitHub does for the issues of `acme/app`; the issues are its own. */
export function keepsIssues(listener: Listener, issues: FakeIssue[] = []): FakeIssue[] {
  listener.answer(({ method, path, body }, response) => {
    const url = new URL(path, 'http://127.0.0.1')
    const [, number] = /^\/api\/v3\/repos\/acme\/app\/issues(?:\/(\d+))?$/.exec(url.pathname) ?? [
      undefined,
      '-',
    ]
    if (number === '-') return void response.writeHead(404).end('{}')
    const sent = body === '' ? {} : (JSON.parse(body) as Partial<FakeIssue>)
    if (method === 'GET') {
      const [page, size] = ['page', 'per_page'].map((key) => Number(url.searchParams.get(key)))
      const label = url.searchParams.get('labels') ?? ''
      const all = issues.filter(({ labels }) => labels.includes(label))
      return void response.end(
        JSON.stringify(all.slice(((page ?? 1) - 1) * (size ?? 30), (page ?? 1) * (size ?? 30))),
      )
    }
    if (method === 'POST') {
      const issue: FakeIssue = {
        title: '',
        body: '',
        labels: [],
        state: 'open',
        number: issues.length + 1,
        ...sent,
      }
      issues.push(issue)
      return void response.writeHead(201).end(JSON.stringify(issue))
    }
    const issue = issues.find((each) => each.number === Number(number))
    if (issue === undefined) return void response.writeHead(404).end('{}')
    return void response.end(JSON.stringify(Object.assign(issue, sent)))
  })
  return issues
}
