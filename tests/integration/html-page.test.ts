/** The page in a real browser: what a reader does with it, and what nobody can make it do. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { licenseFamilies } from '#config/license-families'
import type { RunReport } from '#model/run-report'
import { htmlReport } from '#reporters/html/page'
import { attackedReport } from '../support/attacked-report.ts'
import { ATTACKS } from '../support/attacks.ts'
import { auditedReport } from '../support/audited.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import type { WatchedPage } from '../support/browser.ts'
import { pageProblems } from '../support/html.ts'
import { packageReport } from '../support/report.ts'

const STYLE = { width: 80, color: false, quiet: false, licenseFamily: licenseFamilies() }
const PHONE = { width: 390, height: 844 }

const browser = await startBrowser()
const folder = mkdtempSync(join(tmpdir(), 'depgate-page-'))
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function show(report: RunReport, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  return showText(htmlReport(report, STYLE), options)
}

async function showText(html: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  if (browser === undefined) throw new Error('no browser')
  const file = join(folder, 'report.html')
  writeFileSync(file, html)
  return openPage(browser, file, options)
}

/** Enough packages for several pages of the table. */
function manyPackages(number: number): RunReport {
  const base = auditedReport()
  const more = Array.from({ length: number - base.packages.length }, (_, at) =>
    packageReport(`package-${at}@${at}.0.0`, {
      license: at % 10 === 0 ? 'MPL-2.0' : 'MIT',
      kinds: at % 3 === 0 ? ['dev'] : ['production'],
      paths: [['app@1.0.0', 'middle@1.0.0', `package-${at}@${at}.0.0`]],
    }),
  )
  return { ...base, packages: [...base.packages, ...more] }
}

const names = (page: Page): Promise<string[]> => page.locator('.packages tbody th').allInnerTexts()

describe.skipIf(browser === undefined)('the page in Chromium', () => {
  test('search, filters, order and pages of the table', async () => {
    const { page, offences } = await show(manyPackages(234))
    const found = page.locator('#found')
    expect((await names(page)).length).toBe(50)
    expect(await page.locator('#page-words').innerText()).toBe('Page 1 of 5')
    await page.getByRole('button', { name: 'Next' }).click()
    expect(await page.locator('#page-words').innerText()).toBe('Page 2 of 5')
    await page.getByLabel('Search').fill('package-12 mit')
    expect(await found.innerText()).toBe('10 of 234 packages')
    expect((await names(page))[0]).toBe('package-12 12.0.0')
    await page.getByLabel('Search').fill('')
    await page.getByLabel('Family').selectOption('weak-copyleft')
    expect(await found.innerText()).toBe('24 of 234 packages')
    await page.getByLabel('Used for').selectOption('development')
    expect(await found.innerText()).toBe('9 of 234 packages')
    await page.getByRole('button', { name: 'Package', exact: true }).click()
    expect((await names(page))[0]).toBe('tool 3.0.0')
    await page.getByLabel('Used for').selectOption('')
    await page.getByLabel('Family').selectOption('')
    await page.getByRole('combobox', { name: /^Verdict/ }).selectOption('not allowed')
    expect(await names(page)).toEqual(['copyleft 2.0.0'])
    await page.getByLabel('Search').fill('nothing has this name')
    expect(await found.innerText()).toBe('0 of 234 packages')
    await page.getByRole('combobox', { name: /^Verdict/ }).selectOption('')
    await page.getByLabel('Search').fill('package')
    await page.getByRole('button', { name: 'Package', exact: true }).click()
    // Numbers are in the order of their value.
    expect((await names(page)).slice(0, 3)).toEqual(['package-0 0.0.0', 'package-1 1.0.0', 'package-2 2.0.0'])
    expect(offences).toEqual([])
    await page.context().close()
  })

  test('all that is to be done can be done by keyboard', async () => {
    const { page, offences } = await show(auditedReport())
    const focused = (): Promise<string> =>
      page.evaluate(
        () => document.activeElement?.textContent.replaceAll(/\s+/g, ' ').trim().slice(0, 60) ?? '',
      )
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    for (let at = 0; at < 12 && !(await focused()).startsWith('copyleft@2.0.0 new'); at += 1) {
      await page.keyboard.press('Tab')
    }
    const body = page.locator('#f1 .body')
    expect(await body.isVisible()).toBe(false)
    await page.keyboard.press('Enter')
    expect(await body.isVisible()).toBe(true)
    for (let at = 0; at < 4 && (await focused()) !== 'Copy'; at += 1) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText(/^(?:Copied|Selected)$/).waitFor()
    const sort = page.getByRole('button', { name: 'Licence', exact: true })
    await sort.focus()
    await page.keyboard.press('Space')
    expect(await page.locator('th[aria-sort=ascending]').innerText()).toContain('Licence')
    // A link to a finding opens it, wherever it is folded.
    await page.evaluate(() => (location.hash = '#f3'))
    await page.locator('#f3 .body').waitFor({ state: 'visible' })
    expect(offences).toEqual([])
    await page.context().close()
  })

  test('without a script everything is there to be read', async () => {
    const { page, offences } = await show(manyPackages(120), { javaScriptEnabled: false })
    expect(await page.locator('#controls').isVisible()).toBe(false)
    expect(await page.locator('.pager').isVisible()).toBe(false)
    expect(await page.locator('.do-copy').count()).toBe(0)
    const last = page.locator('.packages tbody tr').last()
    expect(await last.isVisible()).toBe(false)
    await page.locator('#all-packages > summary').click()
    expect(await last.isVisible()).toBe(true)
    expect(await page.locator('.packages tbody tr').count()).toBe(120)
    await page.locator('#f1 > summary').click()
    expect(await page.locator('#f1 .fix').innerText()).toContain('"package": "copyleft@^2.0.0"')
    expect(offences).toEqual([])
    await page.context().close()
  })

  test('paper shows what is folded on a screen, and every package', async () => {
    const { page, offences } = await show(manyPackages(120))
    const pdf = await page.pdf({ format: 'A4' })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await page.locator('#f1 .fix').isVisible()).toBe(true)
    expect(await page.locator('.packages tbody tr').count()).toBe(120)
    expect(await page.locator('nav.contents').isVisible()).toBe(false)
    const ink = await page.evaluate(() => getComputedStyle(document.body).color)
    expect(ink).toBe('rgb(29, 28, 26)')
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    expect(await page.locator('.packages tbody tr').count()).toBe(50)
    expect(offences).toEqual([])
    await page.context().close()
  })

  test.each([
    ['light', undefined],
    ['dark', undefined],
    ['light', PHONE],
    ['dark', PHONE],
  ] as const)('axe has nothing against it: %s, %o', async (colorScheme, viewport) => {
    const { page, offences } = await show(auditedReport(), { colorScheme, ...(viewport && { viewport }) })
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
    const found = await page.evaluate(
      'axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html.slice(0, 200)}`)))',
    )
    expect(found).toEqual([])
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    expect(offences).toEqual([])
    await page.context().close()
  })

  test.each([320, 390, 768, 1280])(
    'a word of any length breaks: nothing to scroll to at %i pixels',
    async (width) => {
      const words = Array.from({ length: 12 }, (_value, at) => `${'https://x.example/'.repeat(20)}${at}`)
      const { page } = await show(attackedReport(words, 'W'.repeat(300)), {
        viewport: { width, height: 900 },
      })
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true
      })
      const wide = await page.evaluate(() => {
        const { clientWidth } = document.documentElement
        const all = [...document.querySelectorAll('body :not(nav *, svg, svg *, pre *)')]
        return all
          .filter((item) => item.getBoundingClientRect().right > clientWidth + 1)
          .map(({ outerHTML }) => outerHTML.slice(0, 120))
      })
      expect(wide).toEqual([])
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0)
      await page.context().close()
    },
  )

  test('two hundred attacks in every field: nothing runs, nothing leaves, the policy has nothing to stop', async () => {
    expect(ATTACKS.length).toBeGreaterThanOrEqual(200)
    // The browser's word on the whole page; each string alone in the fields that are there once is a matter of form.
    for (const single of ATTACKS) {
      expect(pageProblems(htmlReport(attackedReport([single], single), STYLE))).toEqual([])
    }
    const { page, offences } = await show(attackedReport(ATTACKS, ATTACKS.slice(0, 20).join('')))
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    await page.getByLabel('Search').fill('<script>')
    await page.getByRole('button', { name: 'Package', exact: true }).click()
    await page.getByRole('button', { name: 'Licence', exact: true }).click()
    await page.getByLabel('Search').fill('')
    await page.locator('.do-copy').first().click()
    await page.mouse.move(400, 400)
    expect(await page.evaluate(() => Object.hasOwn(window, 'pwned'))).toBe(false)
    expect(await page.locator('script').count()).toBe(1)
    expect(await page.locator('img, iframe, object, embed, link, base, video, audio, template').count()).toBe(
      0,
    )
    expect(offences).toEqual([])
    await page.context().close()
  })

  test('the policy holds even if markup got in', async () => {
    const evil = '<script>window.pwned=1</script><img src="https://x.example/p.png"><p style="color:red">'
    const { page, offences } = await showText(
      htmlReport(auditedReport(), STYLE).replace('<main', `${evil}<main`),
    )
    expect(await page.evaluate(() => Object.hasOwn(window, 'pwned'))).toBe(false)
    expect(offences.filter((line) => line.startsWith('console policy')).length).toBeGreaterThanOrEqual(3)
    await page.context().close()
  })

  test('10,000 packages are there before anybody gets impatient', async () => {
    const { page, offences } = await show(manyPackages(10_000))
    const timing = await page.evaluate(() => {
      const [entry] = performance.getEntriesByType('navigation')
      return entry?.duration ?? 0
    })
    expect(timing).toBeGreaterThan(0)
    // Some 0.5 s on a machine with nothing else to do.
    expect(timing).toBeLessThan(10_000)
    await page.getByLabel('Search').fill('package-9995')
    expect(await names(page)).toEqual(['package-9995 9995.0.0'])
    expect(offences).toEqual([])
    await page.context().close()
  })
})
