/** The shortest way through steps from file to file. */

/** A step to somewhere. */
interface Step {
  to: string
}

/**
 * The fewest steps from a place up to and with the first one that `isEnd` accepts; undefined if there is no way. Of
 * ways of one length it is the one whose steps stand first.
 */
export function shortestWay<S extends Step>(
  start: string,
  stepsFrom: (place: string) => readonly S[],
  isEnd: (step: S) => boolean,
): S[] | undefined {
  const cameBy = new Map<string, { step: S; from: string }>()
  const wayTo = (place: string): S[] => {
    const way: S[] = []
    for (let came = cameBy.get(place); came !== undefined; came = cameBy.get(came.from)) way.push(came.step)
    return way.toReversed()
  }
  const queue = [start]
  for (const place of queue) {
    for (const step of stepsFrom(place)) {
      if (isEnd(step)) return [...wayTo(place), step]
      if (step.to === start || cameBy.has(step.to)) continue
      cameBy.set(step.to, { step, from: place })
      queue.push(step.to)
    }
  }
  return undefined
}
