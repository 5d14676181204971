/** Rule: a later release of a package carries another licence. */
import type { ForecastEntry, LaterRelease } from '#model/audit'
import type { Finding } from '#model/finding'
import type { RuleSeverity } from '#model/policy'
import { raise } from '../make-finding.ts'
import type { Outlook } from '../outlook.ts'

/** One finding for a package whose later releases carry another licence: about the worst of them. */
export function licenseChanging(outlook: Outlook, severity: RuleSeverity): Finding[] {
  const { package: found, entry } = outlook
  const told = worst(entry)
  if (told === undefined || isToldElsewhere(outlook)) return []
  // Where nobody knows the licence that is installed, there is a finding already, and only a worse one is news.
  if (entry.license === null && (told.allowed || told.license === null)) return []
  const others = entry.relicensed.filter((release) => release !== told)
  return raise('license-changing', severity, {
    package: found.id,
    subject: subjectOf(entry),
    message: `${found.name} ${found.version} ${isNow(entry.license)}; ${becomes(told, outlook)}`,
    fix: isUrgent(told) ? `Keep it before the next update: ${pin(outlook)}` : keep(outlook),
    path: found.paths[0],
    details: others.map((release) => `${release.version} ${clause(release)}`),
    ...(told.license !== null && { license: told.license }),
  })
}

/** What an update brings that the policy does not allow, else what it does not allow, else the nearest. */
function worst({ relicensed }: ForecastEntry): LaterRelease | undefined {
  return relicensed.find(isUrgent) ?? relicensed.find(({ allowed }) => !allowed) ?? relicensed[0]
}

/** Whether the next `npm update` brings a licence that the policy does not allow. */
function isUrgent({ steps, allowed }: LaterRelease): boolean {
  return !allowed && steps.includes('range')
}

/** Whether all there is to say is that the newest release has lost its licence, which has a rule of its own. */
function isToldElsewhere({ entry: { relicensed, newestLacks }, newest }: Outlook): boolean {
  return newestLacks.includes('license') && relicensed.every(({ version }) => version === newest)
}

function isNow(license: string | null): string {
  return license === null ? 'has no licence that could be established' : `is ${license}`
}

function becomes(told: LaterRelease, { entry, lasting }: Outlook): string {
  const { license, firstRelicensed: first } = entry
  if (isUrgent(told)) return `the next npm update brings ${told.version}, which ${clause(told)}`
  if (first === undefined || (first === told.version && !lasting)) return `${told.version} ${clause(told)}`
  if (lasting) return `${first} and later ${clause(told, ['are', 'say', 'declare'])}`
  const change = license === null ? '' : `${first} is the first that is not, and `
  return `${change}${told.version} ${clause(told)}`
}

function clause(
  { license, raw, allowed }: LaterRelease,
  [is, says, declares]: readonly [string, string, string] = ['is', 'says', 'declares'],
): string {
  if (license !== null) return `${is} ${license}${allowed ? '' : ', not allowed by the policy'}`
  return raw === undefined ? `${declares} no licence` : `${says} ${JSON.stringify(raw)}, no licence by itself`
}

/** The entry of a package.json that keeps the licence. */
function pin({ package: { name, version, paths }, entry: { safeRange } }: Outlook): string {
  const range = JSON.stringify(safeRange ?? version)
  const direct = paths.find((path) => path.length === 2)
  if (direct === undefined)
    return `write "overrides": { ${JSON.stringify(name)}: ${range} } in the root's package.json.`
  return `write ${JSON.stringify(name)}: ${range} in the package.json of ${direct[0]}.`
}

function keep(outlook: Outlook): string {
  const { entry, package: found } = outlook
  if (entry.relicensed.some(({ steps }) => steps.includes('range')))
    return `Whoever decides on licences should know of it. To keep the licence, ${pin(outlook)}`
  const range = entry.safeRange ?? found.version
  return `Stay within ${range} until whoever decides on licences agrees to more.`
}

/** The same for every further release with the same licences; another once an update brings what is not allowed. */
function subjectOf({ license, relicensed }: ForecastEntry): string {
  const later = relicensed.map((release) => release.license ?? release.raw ?? '')
  return JSON.stringify([license, [...new Set(later)].toSorted(), relicensed.some(isUrgent)])
}
