/** Shows how alike two texts are. */

/** A score from 0 to 1 as `98.2 %`; never 100 %, because a text that is only alike is not the same. */
export function likeness(score: number): string {
  return `${Math.min(99.9, Math.floor(score * 1000) / 10).toFixed(1)} %`
}
