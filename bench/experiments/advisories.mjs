/** What a dump of OSV's database costs an audit: 10,000 records as a folder of files and as a zip file. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
import { writeDumps } from '../osv-dump.mjs'
import { packageNamesIn } from '../trees.mjs'
import { measureTogether, named } from '../together.mjs'

const RECORDS = 10_000
const WITHOUT = 'depgate audit without advisories'

/** Each beside the same audit without advisories; all else is in the cache, and nothing looks at later releases. */
export async function advisories(bench) {
  const folder = bench.generated(1000)
  const dumps = mkdtempSync(join(tmpdir(), 'depgate-bench-osv-'))
  const project = await openProject(folder)
  try {
    const { files, zip } = writeDumps(dumps, RECORDS, packageNamesIn(folder))
    project.prime()
    const audit = (name, ...flags) => ({
      name,
      kind: /** @type {const} */ ('ours'),
      command: project.auditWith('--no-history', '--no-forecast', ...flags),
      memory: true,
    })
    const measured = await measureTogether(
      [
        audit(WITHOUT, '--no-advisories'),
        audit('with a folder of 10,000', '--osv', files),
        audit('with a zip file of 10,000', '--osv', zip),
      ],
      Math.max(1, Math.ceil(bench.runs / 2)),
    )
    const peak = Math.max(...measured.map(({ name }) => named(measured, name).peakMb ?? 0))
    return {
      title: `Advisories, 10,000 records of OSV, 1,000 packages (generated)`,
      packages: 1000,
      measured,
      goals: [goal('audit with 10,000 advisories, memory', 'process tree', peak, 512, { unit: 'MiB' })],
    }
  } finally {
    project.close()
    rmSync(dumps, { recursive: true, force: true })
  }
}
