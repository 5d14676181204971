/** How early a run has to stop working so that it can still say in time what it knows. */

/** Milliseconds before the deadline. */
export interface Margins {
  /** The worker is asked to wrap up: to judge what it knows, to report and to hand over. */
  wrapUpMs: number
  /** The main thread stops waiting for it, and still has to put its own report together and print it. */
  giveUpMs: number
}

/** What a package takes to be reported and printed, in milliseconds: 10,000 of them took 0.6 to 1.1 s on two slow cores. */
const PER_PACKAGE_MS = 0.12

/** The end of a run gets no more than this share of its time: a tree too large for a short deadline is still begun. */
const LARGEST_SHARE = 0.4

/** The margins of a run of `budgetMs` milliseconds over so many packages; 0 while nobody knows how many there are. */
export function margins(budgetMs: number, packages: number): Margins {
  const startingMs = Math.min(1000, Math.max(200, budgetMs * 0.08))
  const wrapUpMs = Math.min(startingMs + 2 * PER_PACKAGE_MS * packages, LARGEST_SHARE * budgetMs)
  return { wrapUpMs: Math.max(startingMs, wrapUpMs), giveUpMs: Math.max(startingMs, wrapUpMs) / 2 }
}

/** Whether so many packages can still be told of, each as not judged, in the `leftMs` milliseconds that are left of a run. */
export function canTell(budgetMs: number, packages: number, leftMs: number): boolean {
  return leftMs >= margins(budgetMs, packages).giveUpMs - margins(budgetMs, 0).giveUpMs
}
