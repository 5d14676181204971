/** A real private npm registry on the loopback: verdaccio without uplinks, where the scope @acme needs a login. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Server } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findNpm } from '#collectors/npm-program'

/** One request as it arrived. */
export interface SeenRequest {
  method: string
  /** Path as sent, still escaped. */
  path: string
  authorization: string | undefined
}

/** A running verdaccio. */
export interface Verdaccio {
  /** Base URL, ends with `/`. */
  url: string
  /** What npm puts before `:_authToken`: `//127.0.0.1:<port>/`. */
  prefix: string
  /** Line of an npmrc that sends @acme here. */
  mapping: string
  /** Line of an npmrc that logs in here. */
  login: (token: string) => string
  /** Every request so far; empty it to start counting anew. */
  requests: SeenRequest[]
  /** Creates a user and gives the token that it may use from now on. */
  createUser: (name: string) => Promise<string>
  /** Publishes a package of this manifest with the real `npm publish`. */
  publish: (manifest: Record<string, unknown>, token: string) => Promise<void>
  /** Publishes a folder with all that npm packs of it. */
  publishFolder: (folder: string, token: string) => Promise<void>
  /** Makes a folder a project of this manifest and installs it with the real `npm install`, all of it from here. */
  install: (folder: string, manifest: Record<string, unknown>, token: string) => Promise<void>
  close: () => Promise<void>
}

/** Starts it on a free port of 127.0.0.1 with an empty storage. Close it when done. */
export async function startVerdaccio(): Promise<Verdaccio> {
  const folder = mkdtempSync(join(tmpdir(), 'depgate-verdaccio-'))
  const server = await runVerdaccio(configuration(folder))
  const requests: SeenRequest[] = []
  server.prependListener('request', ({ method = '', url = '', headers }: IncomingMessage) => {
    requests.push({ method, path: url, authorization: headers.authorization })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('verdaccio does not listen on a port')
  const prefix = `//127.0.0.1:${address.port}/`
  const url = `http:${prefix}`
  const login = (token: string): string => `${prefix}:_authToken=${token}`
  const npm = async (
    command: string,
    cwd: string,
    manifest: Record<string, unknown> | undefined,
    token: string,
  ): Promise<void> => {
    mkdirSync(cwd, { recursive: true })
    if (manifest !== undefined) writeFileSync(join(cwd, 'package.json'), JSON.stringify(manifest))
    const home = mkdtempSync(join(folder, 'home-'))
    writeFileSync(join(home, '.npmrc'), `registry=${url}\n${login(token)}\n`, { mode: 0o600 })
    await runNpm([command, '--ignore-scripts'], { cwd, home })
  }
  return {
    url,
    prefix,
    mapping: `@acme:registry=${url}`,
    login,
    requests,
    createUser: (name) => createUser(url, name),
    publish: (manifest, token) => npm('publish', mkdtempSync(join(folder, 'package-')), manifest, token),
    publishFolder: (published, token) => npm('publish', published, undefined, token),
    install: (project, manifest, token) => npm('install', project, manifest, token),
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs the real npm with the npmrc of a home folder and no other; throws with its output when it fails. */
async function runNpm(args: string[], { cwd, home }: { cwd: string; home: string }): Promise<void> {
  const npm = findNpm({ project: cwd, env: process.env, execPath: process.execPath })
  if (!npm.ok) throw new Error(npm.failure.message)
  const child = spawn(process.execPath, [npm.value, ...args, '--no-audit', '--no-fund', '--loglevel=warn'], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      npm_config_globalconfig: join(home, 'no-global-npmrc'),
      npm_config_update_notifier: 'false',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
  const code = await new Promise<number | null>((done, reject) => {
    child.once('error', reject)
    child.once('close', done)
  })
  if (code !== 0)
    throw new Error(`npm ${args.join(' ')} ended with ${code}:\n${Buffer.concat(output).toString('utf8')}`)
}

/** Through `require`: the types verdaccio comes with name packages that it does not bring along. */
async function runVerdaccio(config: Record<string, unknown>): Promise<Server> {
  const verdaccio: unknown = createRequire(import.meta.url)('verdaccio')
  if (!isRunner(verdaccio)) throw new TypeError('verdaccio has no runServer')
  const server = await verdaccio.runServer(config)
  if (!(server instanceof Server)) throw new TypeError('verdaccio gave no http server')
  return server
}

function isRunner(module: unknown): module is { runServer: (config: unknown) => Promise<unknown> } {
  return typeof module === 'object' && module !== null && 'runServer' in module
}

/** Nothing is fetched from elsewhere, nobody but a user sees @acme, and the log stays silent. */
function configuration(folder: string): Record<string, unknown> {
  return {
    configPath: join(folder, 'config.yaml'),
    storage: join(folder, 'storage'),
    uplinks: {},
    web: { enable: false },
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    packages: {
      '@acme/*': { access: '$authenticated', publish: '$authenticated' },
      '**': { access: '$all', publish: '$authenticated' },
    },
    security: { api: { jwt: { sign: { expiresIn: '1h' } } } },
    middlewares: {},
    log: { type: 'stdout', format: 'json', level: 'fatal' },
  }
}

async function createUser(url: string, name: string): Promise<string> {
  const response = await fetch(`${url}-/user/org.couchdb.user:${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: `password of ${name}`, type: 'user', roles: [] }),
  })
  const answer: unknown = await response.json()
  if (
    typeof answer === 'object' &&
    answer !== null &&
    'token' in answer &&
    typeof answer.token === 'string'
  ) {
    return answer.token
  }
  throw new Error(`verdaccio created no user: ${response.status} ${JSON.stringify(answer)}`)
}
