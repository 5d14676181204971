/** The HTML report of a large tree: making it, its size, and how soon a browser has it ready for its reader. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
import { outputOf } from '../process.mjs'
import { median } from '../statistics.mjs'

const MAKER = resolve(import.meta.dirname, '../page-of.mjs')
const COUNT = 10_000
const WORK = 'the page of 10,000 packages'

/** A process, and a tab of the browser, of its own each time. */
export async function page(bench) {
  const folder = mkdtempSync(join(tmpdir(), 'depgate-bench-page-'))
  const project = await openProject(bench.generated(COUNT))
  try {
    const [run, file] = [join(folder, 'run.json'), join(folder, 'page.html')]
    writeFileSync(run, JSON.stringify(project.report()))
    const command = { file: process.execPath, args: [MAKER, run, file], cwd: folder, env: project.env }
    const made = Array.from({ length: bench.runs }, () => Number(outputOf(command)))
    const ready = await timesInBrowser(file, bench.runs)
    return {
      title: 'The HTML report of 10,000 packages',
      goals: [
        goal(WORK, 'making it', median(made), 1000, { unit: 'ms' }),
        goal(WORK, 'its size', statSync(file).size / 2 ** 20, 5_000_000 / 2 ** 20, { unit: 'MiB' }),
        goal(WORK, 'Chromium, until it is loaded', median(ready), 1000, { unit: 'ms' }),
      ],
    }
  } finally {
    project.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** By the browser's own clock: from the start of the navigation to the end of its load event, the script behind it. */
async function timesInBrowser(file, runs) {
  const { default: packed } = await import('@sparticuz/chromium')
  const browser = await chromium.launch({
    executablePath: await packed.executablePath(),
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader'],
  })
  try {
    const times = []
    for (let at = 0; at < runs; at += 1) {
      const tab = await browser.newPage()
      await tab.goto(`file://${file}`)
      times.push(await tab.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd))
      await tab.close()
    }
    return times
  } finally {
    await browser.close()
  }
}
