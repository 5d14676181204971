/** Reads one licence file: what of it speaks for the package, and which licences it has for what the package carries. */
import { withoutComments } from './hidden-parts.ts'
import { readOthers, textsWithin } from './others-texts.ts'
import { recogniseText } from './recognise.ts'
import type { Recognition } from './recognise.ts'
import { licensesNamed } from './prose-names.ts'
import type { ProseNames } from './prose-names.ts'
import { licensesInHeader } from './script-header.ts'
import { licenseHints, licenseSections, splitSections } from './sections.ts'
import type { TextIndex } from './text-index.ts'

/** What a file is by its name: a README only counts below its heading "License", a script with its opening comment. */
export type TextKind = 'package' | 'bundled' | 'readme' | 'header'

/** What a file says. */
export interface TextReading {
  /** Of the package itself; absent for a file that does not speak of it. */
  own?: Recognition
  /** Ids of the texts found for parts of others; absent where the file has no such part. */
  bundled?: string[][]
  /** The licences named by the opening comment of a script, or by a README that is not understood as a whole; absent where none is. */
  named?: ProseNames
}

/** Reads the content of a file. Pure, and bounded in time and memory. */
export function readText(raw: string, kind: TextKind, index: TextIndex): TextReading {
  if (kind === 'bundled') return { bundled: textsWithin(raw, index) }
  if (kind === 'header') return naming(licensesInHeader(raw))
  return kind === 'readme' ? readReadme(raw, index) : readShown(withoutComments(raw), raw, index)
}

/** What a README shows speaks; what it does not speak of may still contradict. */
function readReadme(raw: string, index: TextIndex): TextReading {
  const sections = licenseSections(raw)
  const reading = sections === undefined ? {} : readShown(sections.shown, sections.whole, index)
  return namesAny(reading.own) ? reading : { ...reading, ...readHints(licenseHints(raw), index) }
}

function namesAny(own: Recognition | undefined): boolean {
  if (own === undefined) return false
  const { licenses, mentions = [], families = [] } = own
  return licenses.length + mentions.length + families.length > 0
}

/** What a file shows counts only if the rest of it says nothing else: that can be seen, or be hidden. */
function readShown(shown: string, whole: string, index: TextIndex): TextReading {
  const reading = readPlain(shown, index)
  if (shown === whole || saidBy(readPlain(whole, index).own) === saidBy(reading.own)) return reading
  return { ...reading, own: unknown('its code blocks or comments say something other than the rest') }
}

function readPlain(text: string, index: TextIndex): TextReading {
  const { own, bundled } = splitSections(text)
  if (bundled === undefined) return { own: recogniseText(own, index) }
  const { texts, limit } = readOthers(bundled, index)
  return { own: limit === undefined ? recogniseText(own, index) : unknown(limit), bundled: texts }
}

function unknown(difference: string): Recognition {
  return { licenses: [], choice: false, differences: [difference] }
}

/** What prose is understood to say, or else whatever it names: a text of a licence need not name it. */
function readHints(prose: string | undefined, index: TextIndex): TextReading {
  if (prose === undefined) return {}
  const { licenses, mentions = [], families = [] } = recogniseText(prose, index)
  const ids = [...licenses.flat(), ...mentions]
  return naming(ids.length + families.length === 0 ? licensesNamed(prose) : { ids, families })
}

function naming(named: ProseNames): TextReading {
  return named.ids.length + named.families.length === 0 ? {} : { named }
}

/** All that a text says of licences; the text of one says no more than its name. */
function saidBy(own: Recognition | undefined): string | undefined {
  if (own === undefined || (own.licenses.length === 0 && own.mentions === undefined)) return undefined
  const { licenses, mentions = [], families = [], choice } = own
  return JSON.stringify([[...new Set([...licenses.flat(), ...mentions])].toSorted(), families, choice])
}
