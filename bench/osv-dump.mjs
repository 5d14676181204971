/** Writes dumps of advisories as OSV publishes them, in the size of real ones: as a folder of JSON files, and as a zip file. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'

/** What a record of GitHub's takes on average, most of it prose. */
const PROSE = 'A maintainer describes at some length what goes wrong, for whom, and since when. '.repeat(20)

/**
 * @param {string} folder
 * @param {number} count
 * @param {string[]} names of packages; each tenth record is about one of them
 * @returns {{ files: string, zip: string }}
 */
export function writeDumps(folder, count, names) {
  const files = join(folder, 'osv')
  const zip = join(folder, 'osv.zip')
  mkdirSync(files, { recursive: true })
  const entries = Array.from({ length: count }, (_, at) => {
    const name = at % 10 === 0 ? names[(at / 10) % names.length] : `stranger-${at}`
    return {
      name: `${idOf(at)}.json`,
      content: Buffer.from(JSON.stringify(record(at, name), null, 2)),
    }
  })
  for (const { name, content } of entries) writeFileSync(join(files, name), content)
  writeFileSync(zip, zipOf(entries))
  return { files, zip }
}

/** One advisory; none of them is about a version that anybody has. */
function record(at, name) {
  const events = [{ introduced: '0' }, { fixed: '0.0.1' }]
  return {
    schema_version: '1.6.0',
    id: idOf(at),
    modified: new Date().toISOString(),
    published: '2024-01-01T00:00:00Z',
    summary: `Something in ${name}`,
    details: PROSE,
    affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events }] }],
    references: Array.from({ length: 4 }, (_, index) => ({
      type: 'WEB',
      url: `https://advisories.example/${at}/${index}`,
    })),
    database_specific: { severity: 'HIGH' },
  }
}

function idOf(at) {
  return `GHSA-${String(at)
    .padStart(12, '2')
    .replaceAll(/(.{4})(?=.)/g, '$1-')}`
}

/** A zip file with every entry deflated. */
function zipOf(entries) {
  const parts = []
  const directory = []
  let at = 0
  for (const { name, content } of entries) {
    const packed = deflateRawSync(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed])
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, rest, Buffer.from(name))
    parts.push(local)
    at += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}
