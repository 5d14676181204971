/** Rule: files that import each other in a circle. */
import { isFollowedAtOnce } from '#import-graph/edges'
import type { Finding } from '#model/finding'
import { targetPath } from '#model/import-target'
import { findKnots } from '../imports/cycles.ts'
import type { Knot } from '../imports/cycles.ts'
import type { ImportAt, ImportCase } from '../imports/import-case.ts'
import { placeOfImport, placeText, targetText } from '../imports/import-words.ts'
import { fingerprint } from '../fingerprint.ts'
import { raise } from '../make-finding.ts'

/** Characters of a knot's name: all of its files, or the first ones and a number for the rest. */
const MAX_NAME = 1000
/** Files of a knot that are named. */
const SHOWN = 20

/** One finding for each knot of files. What joins or leaves the knot makes it another one. */
export function importCycles(about: ImportCase): Finding[] {
  const { graph, rules } = about
  if (rules.cycles === 'off') return []
  return findKnots(graph.files).flatMap((knot) => {
    const { files, cycle } = knot
    const steps = stepsOf(knot, about)
    const [first] = steps
    const isSelf = cycle.length === 1
    return raise('import-cycle', rules.cycles, {
      subject: files.join('\n'),
      knownBy: knotName(files),
      message: isSelf
        ? `${cycle.join(' > ')} imports itself`
        : `${cycle.length} files import each other in a circle: ${[...cycle, cycle[0]].join(' > ')}`,
      fix: isSelf
        ? 'Remove that import.'
        : 'Move what both sides need into a file of its own, or take one of these imports back: import type where only types are needed, import() where it can wait.',
      ...(first && { location: placeOfImport(first) }),
      details: [
        ...steps.map((step) => `${placeText(step)} imports ${targetText(step.site)}`),
        ...(files.length > cycle.length ? [knotText(files)] : []),
      ],
    })
  })
}

/** All of its files; of a large knot the first ones, how many there are, and a word that only these files have. */
function knotName(files: readonly string[]): string {
  const all = files.join(' > ')
  if (all.length <= MAX_NAME) return all
  const word = fingerprint('import-cycle', undefined, files.join('\n')).slice(0, 12)
  return `${all.slice(0, MAX_NAME)}… (${files.length} files, ${word})`
}

function stepsOf({ cycle }: Knot, { files }: ImportCase): ImportAt[] {
  return cycle
    .flatMap((path) => files.get(path) ?? [])
    .flatMap((file, at) => {
      const next = cycle[(at + 1) % cycle.length]
      const leading = file.imports.filter(
        (site) => isFollowedAtOnce(site) && targetPath(site.target) === next,
      )
      return leading.slice(0, 1).map((site) => ({ file, site }))
    })
}

function knotText(files: readonly string[]): string {
  const more = files.length - SHOWN
  return `${files.length} files hang together in this way: ${files.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
