/**
 * Makes the page of a stored run, as a process of its own: `page-of.mjs <run.json> <page.html>`. Says how many milliseconds
 * the making took, without reading the run.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { licenseFamilies } from '../dist/config/license-families.js'
import { htmlReport } from '../dist/reporters/html/page.js'

const [run, page] = process.argv.slice(2)
const report = JSON.parse(readFileSync(run, 'utf8'))
const started = performance.now()
const html = htmlReport(report, { width: 80, color: false, quiet: false, licenseFamily: licenseFamilies() })
console.log(performance.now() - started)
writeFileSync(page, html)
