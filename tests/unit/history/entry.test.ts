import { describe, expect, test } from 'vitest'
import { decodeBody, decodeHead, encodeEntry } from '#history/entry'
import type { RunHead } from '#history/entry'
import { runName } from '#history/run-name'
import { integrityMarks, parseRun, printRun } from '#history/stored-run'
import { auditReport, auditRun } from '../../support/audit.ts'
import { oddReport } from '../../support/odd-report.ts'
import { finding, packageReport } from '../../support/report.ts'

const SECRET = Buffer.alloc(32, 1)
const AT = '2026-11-21T04:17:00.000Z'
const RUN = auditRun(AT, {
  verdict: 'violation',
  packages: [
    packageReport('a@1.0.0', { integrity: ['sha512-aaaa', 'sha1-bbbb'] }),
    packageReport('b@1.0.0', { license: null, verdict: 'unknown' }),
    packageReport('c@1.0.0', { license: null, verdict: 'incomplete' }),
  ],
  findings: [finding({ package: 'b@1.0.0' }), finding({ severity: 'warn', verdict: 'pass' })],
})
const NAME = runName(AT, RUN.run.id)
const BYTES = encodeEntry(RUN, NAME, SECRET, Date.parse(AT))

const headOf = (bytes: Uint8Array, { name = NAME, secret = SECRET, size = bytes.length } = {}) =>
  decodeHead(bytes, { name, secret, size })

function wholeOf(bytes: Uint8Array): { head: RunHead; bodyAt: number } {
  const found = headOf(bytes)
  return 'kind' in found ? expect.unreachable(found.kind) : found
}

describe('an entry', () => {
  test('has a head that says what a curve needs', () => {
    expect(wholeOf(BYTES).head).toMatchObject({
      point: {
        id: RUN.run.id,
        startedAt: AT,
        command: 'audit',
        verdict: 'violation',
        packages: 3,
        denied: 1,
        warned: 1,
        unknown: 1,
        incomplete: 1,
        durationMs: 812,
      },
      project: 'app',
      policySha256: 'p',
      toolVersion: '0.0.0',
    })
  })

  test('gives the run back, without integrities and the runs before it', () => {
    const { head, bodyAt } = wholeOf(BYTES)
    const stored = decodeBody(BYTES.subarray(bodyAt), head)
    expect(stored).toEqual({
      report: { ...RUN, packages: RUN.packages.map((entry) => ({ ...entry, integrity: [] })) },
      marks: RUN.packages.map(integrityMarks),
    })
  })

  test.each([
    ['cut', BYTES.subarray(0, -1)],
    ['cut in its head', BYTES.subarray(0, 60)],
    ['cut in its first line', BYTES.subarray(0, 10)],
    ['empty', new Uint8Array()],
    ['something else', Buffer.from('{"schemaVersion":1}')],
    ['longer than it was', Buffer.concat([BYTES, Buffer.from('x')])],
  ])('that is %s is damaged', (_what, bytes) => {
    expect(headOf(bytes)).toEqual({ kind: 'damaged' })
  })

  test('whose run was changed is damaged', () => {
    const { head, bodyAt } = wholeOf(BYTES)
    const body = Uint8Array.from(BYTES.subarray(bodyAt))
    body[5] = (body[5] ?? 0) ^ 1
    expect(decodeBody(body, head)).toEqual({ kind: 'damaged' })
  })

  test('of another key, under another name or with another head is foreign', () => {
    expect(headOf(BYTES, { secret: Buffer.alloc(32, 2) })).toEqual({ kind: 'foreign' })
    expect(headOf(BYTES, { name: runName('2026-11-22T04:17:00.000Z', RUN.run.id) })).toEqual({
      kind: 'foreign',
    })
    const at = Buffer.from(BYTES).indexOf('"denied":1')
    const forged = Uint8Array.from(BYTES)
    forged[at + 9] = '0'.charCodeAt(0)
    expect(headOf(forged)).toEqual({ kind: 'foreign' })
  })

  test('of the future is no less a run: a clock may have been wrong', () => {
    const bytes = encodeEntry(RUN, NAME, SECRET, Date.parse('2126-01-01T00:00:00.000Z'))
    expect(wholeOf(bytes).head.point.id).toBe(RUN.run.id)
  })

  test('of a newer depgate names the version that is needed', () => {
    const rest = BYTES.subarray(BYTES.indexOf(10))
    const newer = Buffer.concat([Buffer.from('depgate history 2 1.4.0-rc.1'), rest])
    expect(headOf(newer)).toEqual({ kind: 'newer', version: '1.4.0-rc.1' })
  })
})

describe('a stored run', () => {
  test('of the oddest report is read again', () => {
    const report = oddReport()
    expect(parseRun(printRun(report))?.report.packages.map(({ id }) => id)).toEqual(
      report.packages.map(({ id }) => id),
    )
  })

  test('does not hold the runs before it', () => {
    const point = wholeOf(BYTES).head.point
    const report = auditRun(AT, { audit: auditReport({ trend: [point] }) })
    expect(parseRun(printRun(report))?.report.audit?.trend).toEqual([])
  })

  test.each([
    '',
    '{}',
    'null',
    '{"report":{},"packages":[],"ids":[],"marks":[]}',
    '{"__proto__":{"report":1}}',
  ])('is not %s', (text) => {
    expect(parseRun(text)).toBeUndefined()
  })

  test('gives back every address, path and dependency, even those that follow from nothing', () => {
    const packages = [
      packageReport('@s/a@1.0.0', { purl: 'pkg:npm/%40s/a@1.0.0', dependencies: ['b@1.0.0', '__proto__@1'] }),
      packageReport('b@1.0.0', { purl: 'pkg:other', paths: [['app@1.0.0', 'b@1.0.0'], [], ['__proto__@1']] }),
    ]
    expect(parseRun(printRun(auditRun(AT, { packages })))?.report.packages).toEqual(packages)
  })

  test('has as many marks as packages, and an id for each place', () => {
    const stored = JSON.parse(printRun(RUN)) as { ids: string[] }
    expect(parseRun(JSON.stringify(stored))).toBeDefined()
    expect(parseRun(JSON.stringify({ ...stored, marks: [] }))).toBeUndefined()
    expect(parseRun(JSON.stringify({ ...stored, ids: stored.ids.slice(1) }))).toBeUndefined()
    expect(parseRun(JSON.stringify({ ...stored, packages: [null] }))).toBeUndefined()
  })
})
