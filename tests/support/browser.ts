/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** A real Chromium out of an npm package, unpacked once below .cache, and what a page did there that it must not. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

const CACHE = resolve(import.meta.dirname, '../../.cache')
/** The version of the package in package.json. */
const FOLDER = join(CACHE, 'chromium-147.0.0')
/** Those that the package comes with are made for a machine without processes. */
const ARGUMENTS = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader']

/** Starts it; undefined where there is none, told loudly, and a failure on CI. */
export async function startBrowser(): Promise<Browser | undefined> {
  try {
    return await chromium.launch({ executablePath: await unpacked(), args: ARGUMENTS })
  } catch (error) {
    const message = `there is no Chromium here (Linux on x64, apt-get install libnss3): ${String(error).slice(0, 600)}`
    if (process.env['CI'] === 'true') throw new Error(message, { cause: error })
    console.warn(`NOT TESTED: the page in a browser, because ${message}`)
    return undefined
  }
}

/** The package unpacks into the temp folder, and takes half a file from an earlier try for a whole one. */
async function unpacked(): Promise<string> {
  const program = join(FOLDER, 'chromium')
  if (existsSync(program)) return program
  mkdirSync(CACHE, { recursive: true })
  const folder = mkdtempSync(join(CACHE, 'chromium-'))
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    await packed.executablePath()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  try {
    renameSync(folder, FOLDER)
  } catch {
    // Another process was quicker.
    rmSync(folder, { recursive: true, force: true })
  }
  return program
}

/** A page with a record of everything that it must not do. */
export interface WatchedPage {
  page: Page
  /** Requests but for the page itself, errors, dialogs, violations of its policy; empty if all is well. */
  offences: string[]
}

/** Opens a file in a context of its own. */
export async function openPage(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const offences: string[] = []
  const address = `file://${file}`
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== address) offences.push(`request ${request.url()}`)
  })
  page.on('pageerror', (error) => offences.push(`error ${error.message}`))
  page.on('console', (message) => offences.push(`console ${message.text()}`))
  page.on('dialog', (dialog) => {
    offences.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('popup', (popup) => offences.push(`popup ${popup.url()}`))
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  await page.goto(address)
  return { page, offences }
}
