/** One process that stores runs: arguments are the folder, how many (`Infinity` until somebody ends it), and a report. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { encodeEntry } from '../../dist/history/entry.js'
import { storeRun } from '../../dist/history/history-folder.js'
import { runName } from '../../dist/history/run-name.js'

const [directory = '', count = '0', file = ''] = process.argv.slice(2)
const template = /** @type {import('../../src/model/run-report.ts').RunReport} */ (
  JSON.parse(readFileSync(file, 'utf8'))
)
const secret = Buffer.alloc(32, 1)
for (let index = 0; index < Number(count); index++) {
  const report = {
    ...template,
    run: { ...template.run, id: randomUUID(), startedAt: new Date().toISOString() },
  }
  const name = runName(report.run.startedAt, report.run.id)
  const problem = await storeRun(
    { directory, project: directory },
    name,
    encodeEntry(report, name, secret, Date.now()),
  )
  // Whoever reads this line knows that the run has to be there from now on.
  process.stdout.write(`${problem ?? name}\n`)
}
