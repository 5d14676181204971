/** Everything about one package: each claim with its source, the leaf that decided, the rule, all paths, the fix. */
import type { Claim } from '#model/claim'
import type { Finding } from '#model/finding'
import type { PackageReport } from '#model/run-report'
import { questionToAuthor, textWords } from './claim-text.ts'
import { display } from './display.ts'
import { fixLines } from './finding-text.ts'
import { licenseText } from './list.ts'
import type { ReportStyle } from './reporter.ts'
import { hanging, painter, wrap } from './text-layout.ts'
import type { Paint } from './text-layout.ts'

/** What is shown of one package. */
export interface Explanation {
  entry: PackageReport
  findings: Finding[]
  /** Paths of ids from the roots, root first. */
  paths: string[][]
  /** True if there are more paths than these. */
  morePaths: boolean
  /** False when no policy was there to judge by. */
  judged: boolean
}

const LABEL_WIDTH = 12
const WITNESS_WIDTH = 11

/** The explanation as text. */
export function explainPackage(explanation: Explanation, style: ReportStyle): string {
  const { entry, findings, paths } = explanation
  const paint = painter(style.color)
  const width = Math.max(30, style.width - LABEL_WIDTH)
  const lines: string[] = [paint('bold', display(entry.id)), '']
  const row = (label: string, text: string[]): void => {
    if (text.length > 0) lines.push(...hanging(label, text, 0, LABEL_WIDTH))
  }
  if (explanation.judged) row('verdict', [verdictText(entry, paint)])
  row('licence', [
    entry.license === null ? licenseText(entry) : `${licenseText(entry)}  (${entry.conclusion})`,
  ])
  row(
    'claims',
    entry.claims.flatMap((claim) => claimLines(claim, width)),
  )
  if (explanation.judged) {
    row(
      'decided by',
      entry.leaves.map(
        ({ leaf, allowed, why }) => `${allowed ? 'yes' : 'no '}  ${display(leaf)}: ${display(why)}`,
      ),
    )
    row(
      'rules',
      findings.flatMap((finding) => [
        ...wrap(`${finding.rule} (${finding.severity}): ${display(finding.message)}`, width),
        ...knownSince(finding, width),
        ...(finding.location ? [`${display(finding.location.file)}:${finding.location.line ?? 1}`] : []),
      ]),
    )
  }
  row('kinds', [
    `${entry.kinds.join(', ') || 'none'}; source ${entry.source}${entry.installed ? '' : '; not installed here'}`,
  ])
  row(
    'lies in',
    entry.locations.map((location) => display(location)),
  )
  row('paths', pathLines(paths, explanation.morePaths, width))
  const question = questionToAuthor(entry)
  if (question !== undefined) row('to ask', wrap(question, width))
  const fix = findings.find((finding) => finding.severity === 'deny' && finding.fix !== undefined)?.fix
  if (explanation.judged && fix !== undefined) row('fix', fixLines(fix, width))
  return `${lines.join('\n')}\n`
}

function knownSince({ known }: Finding, width: number): string[] {
  if (known === undefined) return []
  const until = known.expires === undefined ? '' : ` until ${known.expires}`
  return wrap(`known since ${known.since}${until}: ${display(known.reason)}`, width)
}

function verdictText({ verdict, known }: PackageReport, paint: Paint): string {
  const word = paint(verdict === 'pass' ? 'green' : 'red', verdict)
  return known === true ? `${word}, because the baseline knows what is said against it` : word
}

/** What a witness said, and where from. */
export function claimLines(claim: Claim, width: number): string[] {
  const beside = (text: string[]): string[] => hanging(claim.witness, text, 0, WITNESS_WIDTH)
  if (claim.text !== undefined) {
    const { file, differences = [], nearest } = claim.text
    const score =
      claim.license !== undefined || nearest === undefined
        ? []
        : differences.map((line) => `- ${display(line)}`)
    return beside(
      [`${display(file)}: ${textWords(claim.text, claim.license)}`, ...score].flatMap((line) =>
        wrap(line, width - WITNESS_WIDTH),
      ),
    )
  }
  if (claim.failure !== undefined) {
    return beside(wrap(`not heard: ${display(claim.failure.message)}`, width - WITNESS_WIDTH))
  }
  const said = claim.raw === undefined ? 'no licence field' : display(JSON.stringify(claim.raw), 160)
  const read =
    claim.license === undefined ? `no licence: ${claim.reason ?? 'unknown'}` : display(claim.license)
  const age = claim.staleMs === undefined ? '' : `, ${Math.round(claim.staleMs / 3_600_000)} h old`
  return beside([`${said} -> ${read}`, `from ${claim.from}, ${claim.at}${age}`])
}

function pathLines(paths: string[][], more: boolean, width: number): string[] {
  const lines = paths.flatMap((path) => wrap(path.map((id) => display(id)).join(' > '), width))
  return more ? [...lines, 'and more'] : lines
}
