/** One project beside a registry of its own, and every command that is measured in it. */
import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { outputOf } from './process.mjs'

const HERE = import.meta.dirname
const CLI = resolve(HERE, '../dist/bundle/depgate.js')
/** Long enough for every first run; what is timed afterwards keeps its default. */
const AMPLE = ['--deadline', '10m']

/**
 * Starts the registry. Nothing of the user's own home, npmrc or cache key is met.
 * @param {string} folder
 * @param {{ latency?: number, cli?: string, nodeArgs?: string[], releases?: number, large?: number }} [options]
 */
export async function openProject(
  folder,
  { latency = 0, cli = CLI, nodeArgs = [], releases = 0, large = 0 } = {},
) {
  const home = mkdtempSync(join(tmpdir(), 'depgate-bench-home-'))
  mkdirSync(join(home, '.config'))
  const registry = fork(join(HERE, 'registry-of-tree.mjs'), [
    folder,
    String(latency),
    String(releases),
    String(large),
  ])
  const answer = () => new Promise((done) => registry.once('message', done))
  const { url } = await answer()
  const env = { PATH: process.env.PATH, HOME: home, npm_config_registry: url }
  const node = (...args) => ({ file: process.execPath, args, cwd: folder, env })
  const depgate = (flags = [], more = {}) => ({
    ...node(...nodeArgs, cli, 'check', ...flags),
    env: { ...env, ...more },
  })
  const report = (flags = [], more = {}) =>
    JSON.parse(outputOf(depgate(['--format', 'json', ...AMPLE, ...flags], more)))
  const auditWith = (...flags) => node(cli, 'audit', '--requests-per-second', '3000', ...AMPLE, ...flags)
  const forget = () => rmSync(join(folder, '.cache'), { recursive: true, force: true })

  return {
    folder,
    home,
    url,
    env,
    depgate,
    report,
    forget,
    coldRun: () => ({ ...depgate(AMPLE) }),
    npmLs: () => ({ file: 'npm', args: ['ls', '--all', '--json'], cwd: folder, env }),
    npmVersion: () => ({ file: 'npm', args: ['--version'], cwd: folder, env }),
    npmView: (id) => ({ file: 'npm', args: ['view', id, '--json'], cwd: folder, env }),
    nothing: () => node('-e', '0'),
    bareReader: () => node(join(HERE, 'bare-reader.mjs'), folder),
    bareDownload: (...more) => node(join(HERE, 'bare-download.mjs'), folder, url, ...more),
    /** Not as polite as it is to others, and without advisories, which this registry has none of. */
    audit: (...flags) => auditWith('--no-advisories', ...flags),
    auditWith,
    /** Runs until everything is known, and makes sure that the run after it asks nobody. */
    prime() {
      forget()
      report()
      report()
      return mustBeWarm(report())
    },
    async setLatency(ms) {
      registry.send({ latency: ms })
      await answer()
    },
    async publish(manifest) {
      registry.send({ publish: manifest })
      await answer()
    },
    close() {
      registry.disconnect()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** A figure for a warm run that was none would be a lie. */
function mustBeWarm(report) {
  const { coverage, run } = report
  if (run.network.requests > 0 || coverage.judged + coverage.omitted < coverage.total) {
    throw new Error(
      `not a warm run: ${run.network.requests} requests, ${coverage.judged} of ${coverage.total} judged`,
    )
  }
  return report
}
