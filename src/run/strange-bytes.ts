/** Tells how much of a file a change has written, line by line: all else is as those who own the base have it. */

const LINE_END = 10

/** The bytes of a file that stand in lines which the other one does not have, and whether any of them is escaped. */
export interface StrangeBytes {
  count: number
  /** A backslash is among them, so that what they say cannot be searched for. */
  escaped: boolean
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
  let line = 0
  for (; at < shortest && a[at] === b[at]; at += 1) if (a[at] === LINE_END) line = at + 1
  return line
}

/** Length of what both end with, whole lines, at most `most`. */
function commonEnd(a: Buffer, b: Buffer, most: number): number {
  let at = 0
  let line = 0
  while (at < most && a[a.length - 1 - at] === b[b.length - 1 - at]) {
    if (a[a.length - 1 - at] === LINE_END) line = at
    at += 1
  }
  return line
}
