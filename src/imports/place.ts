/** Offsets in a text as lines and columns. */

/** Both 1-based; the column in UTF-16 units. */
export interface Place {
  line: number
  column: number
}

/** Answers for offsets (UTF-16 units) that are asked for in any order, cheapest in rising order. */
export function placesIn(text: string): (offset: number) => Place {
  const breaks = /\r\n?|\n/g
  let line = 1
  let lineStart = 0
  let nextStart = findNext()

  function findNext(): number {
    return breaks.exec(text) === null ? Infinity : breaks.lastIndex
  }

  return (offset) => {
    if (offset < lineStart) {
      line = 1
      lineStart = 0
      breaks.lastIndex = 0
      nextStart = findNext()
    }
    while (offset >= nextStart) {
      line++
      lineStart = nextStart
      nextStart = findNext()
    }
    return { line, column: offset - lineStart + 1 }
  }
}
