/** The report as a page: one file, readable without a script and without a network, the same bytes for the same report. */
import { createHash } from 'node:crypto'
import type { RunReport } from '#model/run-report'
import type { ReportStyle } from '../reporter.ts'
import { advisoriesSection } from './advisories-section.ts'
import { changesSection } from './changes-section.ts'
import { pageContext } from './context.ts'
import type { PageContext } from './context.ts'
import { forecastSection } from './forecast-section.ts'
import { headPart } from './head-part.ts'
import { importsSection } from './imports-section.ts'
import { lapsingSection } from './lapsing-section.ts'
import { licencesSection } from './licences-section.ts'
import { clipped, markup, markupText, verbatim } from './markup.ts'
import type { Markup } from './markup.ts'
import { methodSection } from './method-section.ts'
import { packagesSection } from './packages-section.ts'
import { ownersSection } from './owners-section.ts'
import { pathsSection } from './paths-section.ts'
import { SCRIPT } from './script.ts'
import { STYLE_OF_IMPORTS } from './style-imports.ts'
import { STYLE_OF_PARTS } from './style-parts.ts'
import { STYLE_OF_PAGE } from './style-page.ts'
import { toDoSection } from './to-do-section.ts'
import { trendSection } from './trend-section.ts'

const STYLE = STYLE_OF_PAGE + STYLE_OF_PARTS + STYLE_OF_IMPORTS

/** The page. */
export function htmlReport(report: RunReport, { licenseFamily }: ReportStyle): string {
  const context = pageContext(report, licenseFamily)
  const page = markup`
    <!doctype html>${BREAK}
    <html lang="en">${BREAK}
    <head><meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy()}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="depgate ${report.tool.version}">
    <title>${clipped(report.inputs.project, 120)}: ${report.verdict} · depgate</title>${BREAK}
    <style>${verbatim(STYLE)}</style></head>${BREAK}
    <body><a class="skip" href="#main">Skip to the content</a>
    ${headPart(context)}<main id="main" tabindex="-1">${sections(context).map((part) => markup`${BREAK}${part}`)}</main>${BREAK}
    <footer><p>Made by depgate ${report.tool.version} from the run of ${report.run.startedAt}. It is a reading of evidence, no legal advice.</p></footer>${BREAK}
    ${verbatim(SCRIPT_ELEMENT)}</body></html>${BREAK}`
  return markupText(page)
}

/** Not in a template: bundlers part a closing tag of a script in one, by a function that is not there. */
const SCRIPT_ELEMENT = ['<script>', SCRIPT, '</', 'script>'].join('')

const BREAK = verbatim('\n')

/** Nothing is loaded from anywhere; the only style and the only script are those whose bytes are known. */
function policy(): string {
  return [
    "default-src 'none'",
    `style-src ${hash(STYLE)}`,
    `script-src ${hash(SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** Sections in the order in which a reader asks. */
function sections(context: PageContext): (Markup | undefined)[] {
  const { audit, imports } = context.report
  return [
    changesSection(context),
    toDoSection(context),
    ownersSection(context),
    licencesSection(context),
    audit && trendSection(audit.trend),
    audit?.forecast && forecastSection(audit.forecast),
    audit?.advisories && advisoriesSection(audit.advisories, context),
    audit && lapsingSection(audit.lapsing),
    packagesSection(context),
    pathsSection(context),
    imports && importsSection(imports),
    methodSection(context),
  ]
}
