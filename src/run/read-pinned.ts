/** Reads the packages that a policy extends: by the registry's own way, before it is known what the policy says of that. */
import { emptyPolicy } from '#config/load'
import { openDisk } from '#disk/disk'
import { fail } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { splitIntegrity } from '#registry/integrity'
import { monotonicMs } from '../clock.ts'
import type { RunPlan } from '../run.ts'
import { policySink } from './pinned-policy.ts'
import type { ReadPinned } from './pinned-policy.ts'
import type { OpenRegistry } from './world.ts'

/** A reader, and what ends all that it has opened; nothing is loaded before it is first asked. */
export interface PinnedReader {
  read: ReadPinned
  close: () => Promise<void>
}

/** Creates a reader that has until `deadlineAt`, by {@link monotonicMs}. */
export function createPinnedReader(plan: RunPlan, deadlineAt: number): PinnedReader {
  const { realProject, env, options, cacheDirectory } = plan
  let opened: Promise<Outcome<OpenRegistry>> | undefined

  async function open(): Promise<Outcome<OpenRegistry>> {
    const { openRunCache, openRunRegistry } = await import('../runtime.ts')
    const request = {
      project: realProject,
      env,
      policy: emptyPolicy(),
      trustNpmrc: options.trustNpmrc ?? [],
      deadlineAt,
      offline: options.offline === true,
      refresh: options.refresh === true,
      allowStale: options.allowStale === true,
      ...(cacheDirectory !== undefined && { cacheDirectory }),
    }
    const cache = await openRunCache(request)
    const signal = AbortSignal.timeout(Math.max(0, Math.floor(deadlineAt - monotonicMs())))
    return openRunRegistry(request, openDisk(realProject), cache, signal)
  }

  return {
    async read({ name, version, integrity = '' }) {
      const registry = await (opened ??= open())
      if (!registry.ok) return registry
      const answer = await registry.value.client.tarball(name, version, splitIntegrity(integrity), policySink)
      if (answer.ok) return { ok: true, value: answer.value.value }
      const { code, message, fix } = answer.failure
      const said = `The policy extends the package ${name}@${version}, which could not be read: ${message}`
      return fail(code, said, fix === undefined ? {} : { fix })
    },
    async close() {
      const registry = await opened
      if (registry?.ok === true) await registry.value.client.close()
    },
  }
}
