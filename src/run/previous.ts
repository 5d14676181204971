/** What an earlier run knew, made ready for one that finds the tree changed. */
import { isConfirmation } from '#collectors/collect'
import type { LookedAt } from '#model/run-request'
import { readSnapshot } from '#snapshot/recall'
import type { Recall } from '#snapshot/recall'
import type { JudgedPackage, Previous } from './world.ts'

/**
 * The earlier run's knowledge, or undefined if there is none that still counts. `lookedAt` is what this run has read of
 * the policy: it may have been changed after somebody had looked whether it is what it was. Never rejects.
 */
export async function recallPrevious(
  place: Pick<Recall, 'folder' | 'key' | 'now'>,
  lookedAt: readonly LookedAt[],
): Promise<Previous | undefined> {
  const recalled = await readSnapshot(place)
  const around = new Set(recalled?.snapshot.inputs.around.map(({ digest }) => digest))
  if (!lookedAt.every(({ digest }) => around.has(digest))) return undefined
  const memory = recalled?.memory()
  if (recalled === undefined || memory === undefined || !isConfirmation(memory.confirmation)) return undefined
  const packages = recalled.packages()
  const judged = new Map<string, JudgedPackage>()
  for (const [index, judgement] of memory.judgements.entries()) {
    const report = packages[index]
    if (report !== undefined) judged.set(judgement.digest, { ...judgement, report })
  }
  return { confirmation: memory.confirmation, judged, around }
}
