/** Reads the records of a pax header, strictly: one that readers take apart at different places is a flaw. */

/** What the records say that matters here, or what is wrong. */
export type PaxRecords = { path?: string; size?: number } | { flaw: string }

const LENGTH = /^[1-9]\d{0,6} /
/** npm's reader takes records apart at line breaks: a value must not hold what looks like another record. */
const HIDDEN_RECORD = /\n\s*\d/
const FLAW = { flaw: 'has extended headers that cannot be read' }

/** Reads the body of a header of type `x` or `g`. */
export function readPaxRecords(body: Buffer): PaxRecords {
  const records: { path?: string; size?: number } = {}
  for (let at = 0; at < body.length;) {
    const length = LENGTH.exec(body.toString('latin1', at, at + 8))?.[0]
    const end = at + Number(length)
    if (length === undefined || end > body.length || body[end - 1] !== 0x0a) return FLAW
    const equals = body.indexOf('=', at)
    if (equals === -1 || equals >= end) return FLAW
    const key = body.toString('latin1', at + length.length, equals)
    const value = body.subarray(equals + 1, end - 1)
    if (HIDDEN_RECORD.test(`${key}\n`) || HIDDEN_RECORD.test(value.toString('latin1'))) return FLAW
    if (key === 'path') {
      const path = value.toString('utf8')
      if (records.path !== undefined || !isPlain(path) || !Buffer.from(path).equals(value)) return FLAW
      records.path = path
    } else if (key === 'size') {
      const size = /^(?:0|[1-9]\d{0,14})$/.exec(value.toString('latin1'))?.[0]
      if (records.size !== undefined || size === undefined) return FLAW
      records.size = Number(size)
    } else if (key === 'type' || key.startsWith('GNU.sparse.')) {
      return { flaw: 'has an entry of a kind that npm packages do not have' }
    }
    at = end
  }
  return records
}

/** The name in the body of a GNU header of type `L`; undefined for what cannot be one. */
export function readLongName(body: Buffer): string | undefined {
  const end = body.indexOf(0)
  const name = body.toString('utf8', 0, end === -1 ? body.length : end)
  const rest = end === -1 ? [] : body.subarray(end)
  return isPlain(name) && rest.every((byte) => byte === 0) ? name : undefined
}

function isPlain(name: string): boolean {
  return name !== '' && !name.includes('\0') && !name.includes('\n')
}
