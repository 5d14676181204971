/** Tells how much of a file a change has written, line by line: all else is as those who own the base have it. */

const LINE_END = 10
/** What is compared at a time. */
const PART_BYTES = 1024

/** The bytes of a file that stand in lines which the other one does not have, and whether any of them is escaped. */
export interface StrangeBytes {
  count: number
  /** A backslash is among them, so that what they say cannot be searched for. */
  escaped: boolean
  /** The lines, one character a byte. */
  lines: string[]
}

/** Compares two files; what is the same at both ends is not split into lines. */
export function strangeBytes(before: Buffer, after: Buffer): StrangeBytes {
  const start = commonStart(before, after)
  const end = commonEnd(before, after, Math.min(before.length, after.length) - start)
  const known = new Set(linesOf(before, start, end))
  const strange = linesOf(after, start, end).filter((line) => !known.has(line))
  return {
    count: strange.reduce((sum, line) => sum + line.length + 1, 0),
    escaped: strange.some((line) => line.includes('\\')),
    lines: strange,
  }
}

/** One character a byte. */
function linesOf(file: Buffer, start: number, end: number): string[] {
  return file.toString('latin1', start, file.length - end).split('\n')
}

/** Length of what both begin with, whole lines. */
function commonStart(a: Buffer, b: Buffer): number {
  const shortest = Math.min(a.length, b.length)
  let at = 0
  while (at < shortest && isSamePart(a, b, at, at)) at = Math.min(shortest, at + PART_BYTES)
  return at === 0 ? 0 : a.lastIndexOf(LINE_END, at - 1) + 1
}

/** Length of what both end with, whole lines, at most `most`. */
function commonEnd(a: Buffer, b: Buffer, most: number): number {
  let length = 0
  while (length + PART_BYTES <= most) {
    const next = length + PART_BYTES
    if (!isSamePart(a, b, a.length - next, b.length - next)) break
    length = next
  }
  const line = a.indexOf(LINE_END, a.length - length)
  return line === -1 ? 0 : a.length - line - 1
}

function isSamePart(a: Buffer, b: Buffer, inA: number, inB: number): boolean {
  return (
    a.compare(b, inB, Math.min(b.length, inB + PART_BYTES), inA, Math.min(a.length, inA + PART_BYTES)) === 0
  )
}
