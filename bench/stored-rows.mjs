/** Picks what can be compared out of a stored measurement: each of our runs beside its reference. Pure. */

/** The references, the best of them first: the nearer its work is to ours, the more a machine changes both alike. */
const REFERENCES = ['reading the same files', 'bare download, 64 connections', 'npm ls --all --json']

/**
 * The rows of what the guard wrote (`{ rows }`) or of what the whole bench wrote (`{ results }`).
 * @param {{ rows?: Record<string, import('./regression.mjs').Row>, results?: readonly { id: string, measured?: readonly import('./together.mjs').Measured[] }[] }} stored
 * @returns {Record<string, import('./regression.mjs').Row>}
 */
export function rowsOf({ rows, results = [] }) {
  if (rows !== undefined) return rows
  const found = results.flatMap(({ id, measured = [] }) => {
    const reference = REFERENCES.map((name) => measured.find((entry) => entry.name === name)).find(Boolean)
    if (reference === undefined) return []
    return measured
      .filter(({ kind }) => kind === 'ours')
      .map(({ name, seconds }) => [
        `${id}: ${name}`,
        { seconds: seconds.q1, reference: reference.seconds.q1 },
      ])
  })
  return Object.fromEntries(found)
}
