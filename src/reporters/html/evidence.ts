/** What the witnesses of one package say, side by side, and why each licence passed or not. */
import type { Claim, TextClaim } from '#model/claim'
import { likeness } from '#model/likeness'
import type { PackageReport } from '#model/run-report'
import { claimWords, questionToAuthor, textWords } from '../claim-text.ts'
import { clipped, markup } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { code, time } from './parts.ts'

/** Longest part of a claim that is shown. */
const MAX_RAW = 400
const MAX_LINE = 600

const WITNESSES: Readonly<Record<Claim['witness'], string>> = {
  registry: 'Registry',
  installed: 'Installed package.json',
  text: 'Licence file',
  lockfile: 'Lockfile',
}

const SOURCES = new Map<string, string>([
  ['network', 'asked in this run'],
  ['memory', 'from the memory cache'],
  ['disk', 'from the disk cache'],
  ['redis', 'from the shared cache'],
  ['snapshot', 'from the last run, nothing has changed'],
  ['node_modules', 'read from disk'],
  ['tarball', 'read from the tarball'],
  ['lockfile', 'read from the lockfile'],
])

/** All claims that are evidence; the lockfile's word is a hint and stays out. */
export function evidence(entry: PackageReport): Markup {
  const claims = entry.claims.filter(({ witness }) => witness !== 'lockfile')
  const question = questionToAuthor(entry)
  return markup`
    ${claims.length > 0 && markup`<ul class="claims" aria-label="What each witness says">${claims.map((claim) => markup`<li>${claimCard(claim)}</li>`)}</ul>`}
    ${entry.leaves.length > 0 && markup`<ul class="leaves" aria-label="Why each licence passed or not">${leafLines(entry)}</ul>`}
    ${question !== undefined && markup`<p class="ask"><b>To ask the author:</b> ${question}</p>`}`
}

function leafLines({ leaves }: PackageReport): Markup[] {
  return leaves.map(
    ({ leaf, allowed, why }) =>
      markup`<li class="${allowed ? 'pass' : 'violation'}"><b>${allowed ? 'allowed' : 'not allowed'}</b> ${code(leaf, MAX_RAW)} ${clipped(why, MAX_RAW)}</li>`,
  )
}

function claimCard(claim: Claim): Markup {
  const { text } = claim
  return markup`
    <p class="who">${text === undefined ? WITNESSES[claim.witness] : code(text.file)}${text?.role === 'bundled' && ' (of parts of others)'}</p>
    ${text === undefined ? fieldWords(claim) : fileWords(text, claim.license)}
    <p class="when">${SOURCES.get(claim.from) ?? claim.from}, ${time(claim.at)}${claim.staleMs !== undefined && `, ${Math.round(claim.staleMs / 3_600_000)} h too old`}</p>`
}

function fieldWords(claim: Claim): Part {
  if (claim.failure !== undefined) return markup`<p class="said">not heard: ${claimWords(claim)}</p>`
  const said = claim.raw === undefined ? undefined : JSON.stringify(claim.raw)
  return markup`
    <p class="said">${said === undefined ? 'no licence field' : code(said, MAX_RAW)}</p>
    <p class="read">${claim.license === undefined ? `no licence: ${claim.reason ?? 'unknown'}` : markup`read as ${code(claim.license, MAX_RAW)}`}</p>`
}

/** A file with what it was recognised as and, where it was not, what stands between it and the nearest known text. */
function fileWords(claim: TextClaim, license: string | undefined): Part {
  const { nearest, differences = [], sha256 } = claim
  const isOpen = license === undefined && differences.length > 0
  return markup`
    <p class="said">${textWords(claim, license)}</p>
    ${
      isOpen &&
      markup`<p class="read">${nearest === undefined ? 'Its words:' : `What is not in ${nearest.id} (${likeness(nearest.score)} alike):`}</p>
      <ul class="differences">${differences.map((line) => markup`<li>${clipped(line, MAX_LINE)}</li>`)}</ul>`
    }
    <p class="hash">sha256 ${code(sha256.slice(0, 16))}…</p>`
}
