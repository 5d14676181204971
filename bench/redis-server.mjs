/** A redis-server on the loopback that keeps nothing, for as long as something is measured. */
import { execFileSync, spawn } from 'node:child_process'
import { createServer } from 'node:net'

/** Whether this machine has one. */
export function hasRedis() {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/**
 * Starts one on a free port.
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function startRedis() {
  const port = await freePort()
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  )
  await reachable(port)
  return { url: `redis://127.0.0.1:${port}`, close: () => void server.kill() }
}

function freePort() {
  return new Promise((done) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

/** Waits until the server answers, at most five seconds. */
async function reachable(port) {
  for (let at = 0; at < 50; at += 1) {
    try {
      execFileSync('redis-cli', ['-p', String(port), 'ping'], { stdio: 'ignore' })
      return
    } catch {
      await new Promise((done) => setTimeout(done, 100))
    }
  }
  throw new Error('redis-server did not start')
}
