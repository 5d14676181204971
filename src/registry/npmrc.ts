/** Reads npm's configuration as npm does, but only from where a project cannot write. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Disk } from '#disk/disk'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { environmentKey, withoutExported } from './project-npmrc.ts'
import type { ProjectKey } from './project-npmrc.ts'
import { configOf } from './flat-options.ts'
import { parseUrl } from './registry-config.ts'
import type { RegistryConfig } from './registry-config.ts'

/** Where npm's configuration lies. */
export interface NpmrcPlaces {
  /** Absolute path of the project; its .npmrc is looked at, not obeyed. */
  project: string
  /** The environment, as `process.env`. */
  env: Readonly<Record<string, string | undefined>>
  /** Absolute path of the home folder. */
  home: string
  /** Absolute path of node's binary: npm finds the global npmrc from it. */
  execPath: string
  /** Absolute path of npm's own folder, for its builtin npmrc; by default the one beside `execPath`. */
  npmRoot?: string
  /** Keys of the project's .npmrc that the caller vouches for, as typed there. */
  trustProjectKeys: readonly string[]
  /** Remembers every file that had a say. */
  disk: Disk
  /** Told of each file with certificates that the configuration names, by its absolute path. */
  onCertificates?: (file: string) => void
}

const MAX_NPMRC_BYTES = 256 * 1024
/** The user's own file may be as large as they like; this is only how much of it is remembered. */
const MAX_REMEMBERED_BYTES = 16 * 1024 * 1024
const WANTED: ReadonlySet<string> = new Set([
  'registry',
  'ca',
  'cafile',
  'strict-ssl',
  'proxy',
  'https-proxy',
  'noproxy',
  'replace-registry-host',
])

/** The registries, logins, certificates and proxies of the trusted configuration. Fails with `npmrc-unreadable`. */
export async function readRegistryConfig(places: NpmrcPlaces): Promise<Outcome<RegistryConfig>> {
  const env = definedOf(places.env)
  try {
    const keys = await projectKeys(places, env)
    const trusted = keys.filter(({ key }) => places.trustProjectKeys.includes(key))
    const distrusted = keys.filter(({ key }) => !places.trustProjectKeys.includes(key))
    const exporters = distrusted.concat(await exporterKeys(places, env))
    const flat = await loadFlat(places, withoutExported(env, exporters), trusted)
    return ok(configOf(flat, env, distrusted))
  } catch (error) {
    const file = error instanceof UnreadableNpmrc ? error.message : 'The npm configuration'
    return fail('npmrc-unreadable', `${file} could not be read, so nobody can know which registry to ask.`, {
      fix: 'Run npm config ls to see what is wrong with it.',
    })
  }
}

class UnreadableNpmrc extends Error {}

function definedOf(env: NpmrcPlaces['env']): Record<string, string> {
  const defined = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(defined)
}

/** The keys of the project's .npmrc; none if npm itself would read that file as the user's. */
async function projectKeys(
  { project, home, disk }: NpmrcPlaces,
  env: Record<string, string>,
): Promise<ProjectKey[]> {
  const file = path.join(project, '.npmrc')
  const keys = await readKeys(disk, file, env)
  const chosen = Object.entries(env).find(
    ([variable]) => environmentKey(variable) === 'npm_config_userconfig',
  )?.[1]
  const exported = env['npm_lifecycle_event'] !== undefined
  const obeyed =
    exported && keys.some(({ meant }) => environmentKey(meant) === 'userconfig') ? undefined : chosen
  return path.resolve(obeyed ?? path.join(home, '.npmrc')) === file ? [] : keys
}

/** The keys of the .npmrc that `npm run` was started with, where that is another folder than the project. */
async function exporterKeys(
  { project, home, disk }: NpmrcPlaces,
  env: Record<string, string>,
): Promise<ProjectKey[]> {
  const prefix = env['npm_config_local_prefix']
  if (env['npm_lifecycle_event'] === undefined || prefix === undefined) return []
  const folder = path.resolve(prefix)
  return folder === path.resolve(project) || folder === path.resolve(home)
    ? []
    : readKeys(disk, path.join(folder, '.npmrc'), env)
}

async function readKeys(disk: Disk, file: string, env: Record<string, string>): Promise<ProjectKey[]> {
  const text = readStrangersFile(disk, file)
  if (text === undefined) return []
  const { default: envReplace } = await import('@npmcli/config/lib/env-replace.js')
  return Object.entries(parseIni(text)).map(([key, value]) => ({ key, value, meant: envReplace(key, env) }))
}

/** The very parser npm uses, so that no spelling means one thing to npm and another to us. */
function parseIni(text: string): Record<string, unknown> {
  const ours = createRequire(import.meta.url)
  const ini: unknown = createRequire(ours.resolve('@npmcli/config'))('ini')
  const parsed = isParser(ini) ? ini.parse(text) : undefined
  if (parsed === undefined) throw new TypeError('ini has no parse function')
  return parsed
}

function isParser(module: unknown): module is { parse(text: string): Record<string, unknown> } {
  return typeof module === 'object' && module !== null && 'parse' in module
}

/** A file a stranger may have written: not a pipe that never ends, not a device, not huge. Undefined if there is none. */
function readStrangersFile(disk: Disk, file: string): string | undefined {
  const read = disk.linkedFile(file, MAX_NPMRC_BYTES)
  if (read.ok) return read.bytes.toString('utf8')
  if (read.reason === 'absent') return undefined
  throw new UnreadableNpmrc("The project's .npmrc")
}

/** npm's flat options from builtin, global, user and environment, with the vouched-for keys of the project on top. */
async function loadFlat(
  places: NpmrcPlaces,
  env: Record<string, string>,
  trusted: readonly ProjectKey[],
): Promise<Record<string, unknown>> {
  const [{ default: Config }, { default: definitions }] = await Promise.all([
    import('@npmcli/config'),
    import('@npmcli/config/lib/definitions/index.js'),
  ])
  const npmPath =
    places.npmRoot ?? path.join(path.dirname(path.dirname(places.execPath)), 'lib/node_modules/npm')
  const config = new Config({
    ...definitions,
    // Only what is wanted: flattening the rest writes to process.env.
    flatten: (values, flat) => {
      for (const [key, value] of Object.entries(values)) {
        if (key === 'cafile' && typeof value === 'string') places.onCertificates?.(value)
        if (WANTED.has(key)) definitions.definitions[key]?.flatten?.(key, values, flat)
        else if (/@.*:registry$/i.test(key) || key.startsWith('//')) flat[key] = value
      }
    },
    npmPath,
    env: { ...env, HOME: places.home },
    // In npm's global mode no project .npmrc is ever loaded, wherever the search for one would end.
    argv: ['node', 'npm', '--global'],
    execPath: places.execPath,
    cwd: npmPath,
    warn: false,
  })
  await config.load()
  const { disk } = places
  disk.linkedFile(path.join(npmPath, 'npmrc'), MAX_REMEMBERED_BYTES)
  await refuseUnreadable(disk, config.get('userconfig'), "The user's .npmrc")
  await refuseUnreadable(disk, config.get('globalconfig'), 'The global npmrc')
  for (const { key, value } of trusted) config.set(key, config.parseField(value, key), 'project')
  const { flat } = config
  if (flat['replaceRegistryHost'] !== 'npmjs') return flat
  return { ...flat, replaceRegistryHost: hostOf(definitions.definitions['registry']?.default) }
}

/** What npm calls `npmjs`: the host of its own default registry. */
function hostOf(address: unknown): string | undefined {
  return typeof address === 'string' ? parseUrl(address)?.host : undefined
}

/** npm passes over a file it may not read, and asks its default registry for private names instead. */
async function refuseUnreadable(disk: Disk, file: unknown, name: string): Promise<void> {
  if (typeof file !== 'string') return
  disk.linkedFile(file, MAX_REMEMBERED_BYTES)
  await readFile(file).catch((error: unknown) => {
    if (!isAbsent(error)) throw new UnreadableNpmrc(name)
  })
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
