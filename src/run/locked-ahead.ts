/** Reads the lockfile of a project before it is known what to ask of it: a worker has nothing else to do meanwhile. */
import { readLockedPlan } from '#collectors/collect'
import type { LockedPlan } from '#collectors/collect'
import { openDisk } from '#disk/disk'
import type { Disk } from '#disk/disk'
import type { Outcome } from '#model/outcome'

/** A lockfile that was read, or why it cannot be. */
export interface LockedAhead {
  project: string
  /** What has read it: a snapshot rests on its looks. */
  disk: Disk
  plan: Outcome<LockedPlan>
}

/** Reads it as whoever judges a change needs it. */
export function readAhead(project: string): LockedAhead {
  const disk = openDisk(project)
  return { project, disk, plan: readLockedPlan(disk, project, { keepListed: true }) }
}
