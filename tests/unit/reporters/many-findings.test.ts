/** A report of any size is shown: nothing takes as long as the square of it, and no call takes as many arguments. */
import { expect, test } from 'vitest'
import type { Finding } from '#model/finding'
import { packageList } from '#reporters/list'
import { FORMATS, loadReporter } from '#reporters/reporter'
import { finding, packageReport, runReport } from '../../support/report.ts'

const STYLE = { width: 80, color: false, quiet: false }
const MANY = 40_000
/** More than a call takes arguments. */
const TOO_MANY = 130_000

const packages = Array.from({ length: MANY }, (_value, at) =>
  packageReport(`p${at}@1.0.0`, { verdict: 'violation' }),
)
const findings = packages.flatMap(({ id }, at): Finding[] => [
  finding({ package: id, message: `the licence of ${id} is not allowed`, fingerprint: `a${at}` }),
  finding({
    rule: 'package-deprecated',
    severity: 'warn',
    verdict: 'pass',
    package: id,
    message: `${id}: number ${at}`,
    fingerprint: `b${at}`,
  }),
])
const report = runReport({ verdict: 'violation', packages, findings })

test.each(FORMATS)('%s shows very many findings', { timeout: 30_000 }, async (format) => {
  const reporter = await loadReporter(format)
  expect(reporter(report, STYLE)).toMatch(/39,?999|40,?000|p0@1\.0\.0/)
})

test('warnings of one rule are one block, violations one each', async () => {
  const human = await loadReporter('human')
  const blocks = human(report, STYLE).match(/^(?:violation|warning) .*$/gm) ?? []
  expect(blocks).toHaveLength(MANY + 1)
  expect(blocks[1]).toBe(`warning  package-deprecated  ${MANY} findings`)
})

test('the list has a line for each package', () => {
  const entry = packageReport('a@1.0.0')
  const all = Array.from({ length: TOO_MANY }, () => entry)
  const list = packageList(runReport({ packages: all }), STYLE)
  expect(list.match(/^a@1\.0\.0 /gm)).toHaveLength(TOO_MANY)
})
