/** What an earlier run knew, made ready for one that finds the tree changed. */
import { isConfirmation } from '#collectors/collect'
import { readSnapshot } from '#snapshot/recall'
import type { Recall } from '#snapshot/recall'
import type { JudgedPackage, Previous } from './world.ts'

/** The earlier run's knowledge, or undefined if there is none that still counts. Never rejects. */
export async function recallPrevious(
  place: Pick<Recall, 'folder' | 'key' | 'now'>,
): Promise<Previous | undefined> {
  const recalled = await readSnapshot(place)
  const memory = recalled?.memory()
  if (recalled === undefined || memory === undefined || !isConfirmation(memory.confirmation)) return undefined
  const packages = recalled.packages()
  const judged = new Map<string, JudgedPackage>()
  for (const [index, judgement] of memory.judgements.entries()) {
    const report = packages[index]
    if (report !== undefined) judged.set(judgement.digest, { ...judgement, report })
  }
  return { confirmation: memory.confirmation, judged }
}
