/** A snapshot in the shared tier: under which key, how it goes there, and what it has to prove before it answers. */
import { cacheKey } from '#cache/key'
import type { CacheRecord } from '#cache/store'
import { lookAgain } from '#disk/look-again'
import type { LookedAt } from '#model/run-request'
import { environmentDigest, portableEnvironmentDigest } from './environment.ts'
import type { Environment } from './environment.ts'
import { inputsHere, isAtHome, portableInputs } from './portable.ts'
import type { Places, SeenHere } from './portable.ts'
import { loadPress, loadUnpress } from './press.ts'
import type { Recalled } from './recall.ts'
import { SNAPSHOT_SCHEMA } from './snapshot.ts'
import { decodeSnapshot, withInputs } from './snapshot-bytes.ts'

/** What a run is asked for, and what it has seen of it so far. */
export interface SharedWish extends SeenHere {
  places: Places
  /** The project's lockfiles, wherever it lies. */
  lockfiles: LookedAt
  /** Path of the policy file, from the project, if one was named. */
  config: string | undefined
  omitDev: boolean
  workspaces: readonly string[]
  trustNpmrc: readonly string[]
  env: Environment
}

/** The same on all machines that would judge the same; neither folder nor user is in it. */
export function sharedSnapshotKey(wish: SharedWish): string {
  const { places, tool, policy, lockfiles, config, omitDev, workspaces, trustNpmrc, env } = wish
  return cacheKey(
    'shared-snapshot',
    SNAPSHOT_SCHEMA,
    tool.digest,
    policy.digest,
    lockfiles.digest,
    JSON.stringify([config ?? null, omitDev, workspaces, trustNpmrc]),
    portableEnvironmentDigest(env, [], places),
    JSON.stringify([process.version, process.platform, process.arch, places.execPath]),
    isAtHome(places) ? places.home : '',
  )
}

/** A snapshot for other machines, and until when it answers; undefined for one that would mean something else there. */
export async function travellingSnapshot(
  body: Uint8Array,
  places: Places,
  env: Environment,
): Promise<{ body: Uint8Array; expiresAt: number } | undefined> {
  const decoded = decodeSnapshot(body)
  if (decoded === undefined) return undefined
  const { inputs, expiresAt } = decoded.snapshot
  const environment = portableEnvironmentDigest(env, inputs.variables, places)
  const portable = portableInputs(inputs, places, environment)
  return portable && { body: withInputs(body, decoded, portable, await loadPress()), expiresAt }
}

/** A snapshot of another machine that holds here, and its bytes as one of this machine. */
export interface Arrived {
  recalled: Recalled
  body: Uint8Array
}

/** What a shared record comes to: every doubt is a miss. `now` is epoch milliseconds. Never rejects. */
export async function arrivedSnapshot(
  { body, storedAt }: CacheRecord,
  wish: SharedWish,
  { now, goOn }: { now: number; goOn: () => boolean },
): Promise<Arrived | undefined> {
  try {
    const decoded = decodeSnapshot(body, await loadUnpress())
    if (decoded === undefined || now >= decoded.snapshot.expiresAt) return undefined
    const { places, env } = wish
    const { variables } = decoded.snapshot.inputs
    const inputs = inputsHere(decoded.snapshot.inputs, places, {
      ...wish,
      environment: portableEnvironmentDigest(env, variables, places),
      localEnvironment: environmentDigest(env, variables),
    })
    if (inputs === undefined) return undefined
    const [, , npmrc] = inputs.around
    if (npmrc === undefined) return undefined
    const isAsItWas = ({ root, looks, digest }: LookedAt): boolean => lookAgain(root, looks, goOn) === digest
    if (![npmrc, ...inputs.tree].every(isAsItWas)) return undefined
    const recalled = { ...decoded, snapshot: { ...decoded.snapshot, inputs }, madeAt: storedAt }
    return { recalled: { ...recalled, isShared: true }, body: withInputs(body, decoded, inputs) }
  } catch {
    return undefined
  }
}
