/** The attribution file as data: the packages that ship, the texts they carry, and who shares which text. */
import type { TextRole } from '#model/claim'
import type { PackageReport, RunReport } from '#model/run-report'
import { display } from './display.ts'
import { licenseText } from './list.ts'
import { UNLICENSED, isProprietary } from './sbom-licenses.ts'

/** A licence file of a package: its text, fit to be printed, or why there is none as the end of a sentence after "is". */
export type NoticeFile = {
  /** Path inside the package, with `/`. */
  file: string
  role: TextRole
} & ({ text: string } | { unread: string })

/** One package of the notice. */
export interface NoticePackage {
  id: string
  purl: string
  /** The concluded licence, or in brackets why there is none. */
  license: string
  /** False for an optional package that this platform leaves out, and for a peer that is not on disk: no text of it is here. */
  installed: boolean
  /** Numbers of its texts in the notice, from 1. */
  texts: number[]
  /** True if one of them is a licence text of the package itself and not only of parts that it carries. */
  hasLicenseText: boolean
  /** True if it has a file that belongs here and could not be read. */
  hasUnread: boolean
  /** What whoever reads the notice has to know: no text, an unread file, no licence. Clauses without an end. */
  remarks: string[]
}

/** One text with everybody who ships it. */
export interface NoticeText {
  number: number
  text: string
  /** In the order of the packages. */
  files: { package: string; file: string; role: TextRole }[]
}

/** The whole notice. */
export interface Notice {
  /** Name and version of the project, for people. */
  project: string
  /** Whether packages are listed that only development needs. */
  development: boolean
  /** False if a file or a licence that belongs here could not be read or asked for. */
  complete: boolean
  /** How many packages there are under each licence, the most frequent first. */
  licenses: { license: string; packages: number }[]
  packages: NoticePackage[]
  texts: NoticeText[]
}

/**
 * Groups what was read: files of the same words are one text, however their lines are broken. `filesOf` gives the
 * licence files of all copies of a package.
 */
export function buildNotice(
  report: RunReport,
  filesOf: (entry: PackageReport) => NoticeFile[],
  development: boolean,
): Notice {
  const texts = new Map<string, NoticeText>()
  const packages = report.packages.map((entry): NoticePackage => {
    const numbers = new Set<number>()
    const remarks: string[] = []
    const pointers = pointersOf(entry)
    let hasLicenseText = false
    let hasUnread = false
    for (const found of inOrder(filesOf(entry))) {
      const { file, role } = found
      if ('unread' in found) {
        hasUnread = true
        remarks.push(display(`${file} is ${found.unread}`))
      } else if (found.text.trim() === '') {
        remarks.push(display(`${file} is empty`))
      } else {
        if (role === 'package' && !pointers.has(file)) hasLicenseText = true
        numbers.add(addText(texts, found.text, { package: entry.id, file, role }))
      }
    }
    if (entry.installed && !hasLicenseText && remarks.length === 0) {
      remarks.push(
        pointers.size > 0 ? 'its licence file only says where the text is' : 'ships no licence file',
      )
    }
    const proprietary = isProprietary(entry)
    if (proprietary) remarks.push('its author grants no licence')
    else if (entry.license === null) remarks.push(withoutLicense(entry))
    return {
      id: entry.id,
      purl: entry.purl,
      license: proprietary ? UNLICENSED : licenseText(entry),
      installed: entry.installed,
      texts: [...numbers].toSorted((a, b) => a - b),
      hasLicenseText,
      hasUnread,
      remarks: [...new Set(remarks)],
    }
  })
  return {
    project: report.inputs.project,
    development,
    complete:
      report.findings.every(({ verdict }) => verdict !== 'incomplete') &&
      packages.every(({ hasUnread }) => !hasUnread),
    licenses: countLicenses(packages),
    packages,
    texts: [...texts.values()],
  }
}

/** Files that only name a licence: whoever has to pass the licence on needs its text all the same. */
function pointersOf({ claims }: PackageReport): Set<string> {
  return new Set(claims.flatMap(({ reason, text }) => (reason === 'pointer' && text ? [text.file] : [])))
}

function withoutLicense({ verdict, conclusion }: PackageReport): string {
  if (verdict === 'incomplete') return 'its licence could not be checked'
  return conclusion === 'conflict' ? 'different licences are named for it' : 'no licence could be established'
}

/** The package's own texts first; copies of one package may ship the same file twice. */
function inOrder(files: NoticeFile[]): NoticeFile[] {
  const rank = ({ role }: NoticeFile): number => (role === 'package' ? 0 : 1)
  return files.toSorted((a, b) => rank(a) - rank(b) || (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
}

function addText(
  texts: Map<string, NoticeText>,
  text: string,
  from: NoticeText['files'][number],
): NoticeText['number'] {
  const words = text.replaceAll(/\s+/g, ' ')
  const known = texts.get(words)
  if (known === undefined) {
    const number = texts.size + 1
    texts.set(words, { number, text, files: [from] })
    return number
  }
  const last = known.files.at(-1)
  if (last?.package !== from.package || last.file !== from.file) known.files.push(from)
  return known.number
}

function countLicenses(packages: NoticePackage[]): Notice['licenses'] {
  const counts = new Map<string, number>()
  for (const { license } of packages) counts.set(license, (counts.get(license) ?? 0) + 1)
  return [...counts]
    .map(([license, number]) => ({ license, packages: number }))
    .toSorted((a, b) => b.packages - a.packages || (a.license < b.license ? -1 : 1))
}
