/** Tells whoever is to be told what an audit found; nothing of it can change what the audit says. */
import { openDisk } from '#disk/disk'
import type { RunReport, Warning } from '#model/run-report'
import { deliver } from '#notify/deliver'
import type { NotifyWhen } from '#notify/deliver'
import type { Destination } from '#notify/destination'
import { createSender } from '#notify/http'
import { summariseAudit } from '#notify/summary'
import { readRegistryConfig } from '#registry/npmrc'
import { sleep } from '#registry/sleep'
import { homeOf } from '../home.ts'

/** Milliseconds for everybody together. */
const LIMIT_MS = 10_000

/** Where to tell from. */
export interface NotifyPlace {
  /** Absolute path. */
  project: string
  env: Record<string, string | undefined>
  /** Keys of the project's own .npmrc that the caller trusts. */
  trustNpmrc: string[]
}

/** Tells all destinations within ten seconds; one warning for each that could not be told. */
export async function tellAbout(
  report: RunReport,
  destinations: readonly Destination[],
  when: NotifyWhen,
  { project, env, trustNpmrc }: NotifyPlace,
): Promise<Warning[]> {
  const config = await readRegistryConfig({
    project,
    env,
    home: homeOf(env),
    execPath: process.execPath,
    trustProjectKeys: trustNpmrc,
    disk: openDisk(project),
  })
  if (!config.ok) {
    const message = `${config.failure.message} Nobody was told what the audit found, because it may name a proxy.`
    return [{ code: 'notify-failed', message }]
  }
  const limit = AbortSignal.timeout(LIMIT_MS)
  const sender = createSender(config.value, limit)
  try {
    return await deliver(destinations, summariseAudit(report), when, {
      send: sender.send,
      sleep: (ms) => sleep(ms, limit),
      now: Date.now,
    })
  } finally {
    await sender.close()
  }
}
