/** The licence landscape: how many packages of each family there are, what ships and what only development needs apart. */
import { LICENSE_FAMILIES } from '#model/license-family'
import type { LicenseFamily } from '#model/license-family'
import type { PackageReport } from '#model/run-report'
import { familyCounts } from '../family-counts.ts'
import type { FamilyCounts } from '../family-counts.ts'
import { licenseText } from '../list.ts'
import type { PageContext } from './context.ts'
import { counted, figure, share } from './figures.ts'
import { clipped, markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { code, folded, section, table } from './parts.ts'

/** Licences that are named beside a family. */
const SHOWN = 5

/** What each family asks of whoever passes a package on. */
const FAMILY_WORDS: Readonly<Record<LicenseFamily, { name: string; asks: string }>> = {
  permissive: { name: 'Permissive', asks: 'pass the licence text on' },
  'weak-copyleft': { name: 'Weak copyleft', asks: 'give back changes of the file or the library' },
  copyleft: { name: 'Copyleft', asks: 'pass the whole work on under the same licence' },
  other: { name: 'Other', asks: 'for texts and data, proprietary, or of their own' },
  unknown: { name: 'Unknown', asks: 'nobody can say yet' },
}

/** The section. */
export function licencesSection({ report, licenseFamily }: PageContext): Markup {
  const { packages } = report
  if (packages.length === 0) {
    return section('licences', 'Licences', markup`<p class="calm">There is no package.</p>`)
  }
  const all = tally(packages)
  const list = folded(`All ${counted(all.size, 'licence')}`, licenceTable(all))
  if (licenseFamily === undefined) return section('licences', 'Licences', list)
  const families = familyCounts(packages, licenseFamily)
  const sum = (part: 'shipped' | 'development'): number =>
    [...families.values()].reduce((total, counts) => total + counts[part], 0)
  const [shipped, development] = [sum('shipped'), sum('development')]
  return section(
    'licences',
    'Licences',
    [
      bar('What ships', 'shipped', families, shipped),
      bar('Development only', 'development', families, development),
      table(
        'Families of licences',
        ['Family', 'Ships', 'Development only', 'Most frequent'],
        [...families].map(([family, counts]) => {
          const { name, asks } = FAMILY_WORDS[family]
          return [
            markup`<span class="key ${family}"></span>${name}<small>${asks}</small>`,
            figure(counts.shipped),
            figure(counts.development),
            topLicenses(counts.licenses),
          ]
        }),
      ),
      list,
    ],
    'By what they ask of whoever passes a package on. This is a map; what the policy says stands in the findings. Of a choice the milder licence counts, of several together the stricter one.',
  )
}

function bar(
  title: string,
  part: 'shipped' | 'development',
  families: ReadonlyMap<LicenseFamily, FamilyCounts>,
  total: number,
): Markup | false {
  if (total === 0) return false
  const pieces: Markup[] = []
  const words: string[] = []
  let from = 0
  for (const family of LICENSE_FAMILIES) {
    const number = families.get(family)?.[part] ?? 0
    if (number === 0) continue
    // A single package among thousands is what somebody looks for: it stays visible.
    const width = Math.max(share(number, total), 0.6)
    pieces.push(markup`<rect class="${family}" x="${from}" y="0" width="${width}" height="10"/>`)
    words.push(`${FAMILY_WORDS[family].name}: ${figure(number)}`)
    from = Math.round((from + width) * 100) / 100
  }
  return markup`
    <figure class="bar"><figcaption>${title} <span class="tally">${counted(total, 'package')}</span></figcaption>
    <svg viewBox="0 0 ${Math.max(100, from)} 10" preserveAspectRatio="none" role="img" aria-label="${title}: ${words.join(', ')}">${pieces}</svg></figure>`
}

function topLicenses(licenses: ReadonlyMap<string, number>): Markup {
  const rows = byNumber(licenses)
  const more = rows.length - SHOWN
  return markup`${rows.slice(0, SHOWN).map(([license, number], at) => markup`${at > 0 && ', '}${clipped(license, 80)} <span class="tally">${figure(number)}</span>`)}${more > 0 && ` and ${more} more`}`
}

function licenceTable(all: ReadonlyMap<string, number>): Markup {
  return table(
    'All licences',
    ['Licence', 'Packages'],
    byNumber(all).map(([license, number]) => [code(license), figure(number)]),
  )
}

/** How many packages there are under each licence. */
function tally(packages: readonly PackageReport[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const entry of packages) addTo(counts, licenseText(entry))
  return counts
}

function addTo(counts: Map<string, number>, license: string): void {
  counts.set(license, (counts.get(license) ?? 0) + 1)
}

function byNumber(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}
