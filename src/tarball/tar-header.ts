/** Reads one header block of a tar archive, strictly: what two readers could take for different things is a flaw. */

/** Bytes of a block, the unit of every tar archive. */
export const BLOCK = 512

const ZEROS = Buffer.alloc(BLOCK)

/** What a header announces. */
export interface TarHeader {
  /** `file`, `folder` and `other` are entries; `pax`, `pax-global`, `long-name` and `long-link` say something of the next one. */
  type: 'file' | 'folder' | 'other' | 'pax' | 'pax-global' | 'long-name' | 'long-link'
  /** As written, with the prefix of the ustar form. */
  name: string
  /** Bytes of its body. */
  size: number
}

/** A header, the mark that ends an archive, or what is wrong. */
export type HeaderBlock = TarHeader | 'zeros' | { flaw: string }

const TYPES: ReadonlyMap<string, TarHeader['type']> = new Map([
  ['\0', 'file'],
  ['0', 'file'],
  ['7', 'file'],
  // npm unpacks neither links nor devices, and makes folders as it needs them.
  ['1', 'other'],
  ['2', 'other'],
  ['3', 'other'],
  ['4', 'other'],
  ['5', 'folder'],
  ['6', 'other'],
  ['x', 'pax'],
  ['g', 'pax-global'],
  ['L', 'long-name'],
  ['K', 'long-link'],
])

/** Where fields begin, and how long they are. */
type Fields = readonly (readonly [at: number, length: number])[]

/** Numbers besides the size: npm's reader passes over an entry in which one of them cannot be read. */
const NUMBERS: Fields = [
  [100, 8],
  [108, 8],
  [116, 8],
  [136, 12],
]
const USTAR_NUMBERS: Fields = [
  [329, 8],
  [337, 8],
]
const USTAR_TIMES: Fields = [
  [476, 12],
  [488, 12],
]

/** Reads the block that begins at `at`. */
export function readHeader(bytes: Buffer, at: number): HeaderBlock {
  const block = bytes.subarray(at, at + BLOCK)
  if (block.equals(ZEROS)) return 'zeros'
  if (!hasRightSum(block)) return { flaw: 'has a header whose checksum is wrong' }
  const size = octal(block.subarray(124, 136))
  if (size === undefined) return { flaw: 'has an entry of a size that cannot be read' }
  const isUstar = block.toString('latin1', 257, 265) === 'ustar\u000000'
  const isLong = block[475] !== 0
  const readable = (fields: Fields): boolean => fields.every(([at, length]) => isNumber(block, at, length))
  if (!readable(NUMBERS) || (isUstar && !(readable(USTAR_NUMBERS) && (isLong || readable(USTAR_TIMES))))) {
    return { flaw: 'has a header with a number that cannot be read' }
  }
  const type = TYPES.get(String.fromCharCode(block[156] ?? 0))
  if (type === undefined) return { flaw: 'has an entry of a kind that npm packages do not have' }
  const name = text(block.subarray(0, 100))
  const link = text(block.subarray(157, 257))
  const prefix = isUstar ? text(block.subarray(345, isLong ? 500 : 475)) : ''
  if (
    name === undefined ||
    link === undefined ||
    prefix === undefined ||
    (isUstar && isLong && prefix === '')
  ) {
    return { flaw: 'has an entry whose name cannot be read' }
  }
  if (name === '') return { flaw: 'has an entry without a name' }
  if (link !== '' && type === 'file') return { flaw: 'has a file that claims to be a link' }
  if (size > 0 && (type === 'other' || type === 'folder')) return { flaw: 'has a body where none can be' }
  return { type, name: prefix === '' ? name : `${prefix}/${name}`, size }
}

function hasRightSum(block: Buffer): boolean {
  const said = /^ *([0-7]{1,7})[ \0]/.exec(block.toString('latin1', 148, 156))?.[1]
  if (said === undefined) return false
  let sum = 8 * 0x20
  for (let at = 0; at < 148; at++) sum += block[at] ?? 0
  for (let at = 156; at < BLOCK; at++) sum += block[at] ?? 0
  return sum === Number.parseInt(said, 8)
}

/** An octal number; one that is written in another way is too large for any package. */
function octal(field: Buffer): number | undefined {
  const [digits = ''] = field.toString('latin1').split('\0', 1)
  const trimmed = digits.trim()
  return /^[0-7]*$/.test(trimmed) ? Number.parseInt(trimmed || '0', 8) : undefined
}

/** Whether npm's reader gets on with a field: binary numbers have to be small ones. */
function isNumber(block: Buffer, at: number, length: number): boolean {
  const first = block[at] ?? 0
  if (first < 0x80) return true
  const filling = first === 0xff ? 0xff : 0
  const high = block.subarray(at + 1, at + length - 6)
  return (first === 0x80 || first === 0xff) && high.every((byte) => byte === filling)
}

/** Up to the first zero byte; npm's reader goes on after a line break behind it. */
function text(field: Buffer): string | undefined {
  const end = field.indexOf(0)
  if (end === -1) return field.toString('utf8')
  return field.includes(0x0a, end) ? undefined : field.toString('utf8', 0, end)
}
