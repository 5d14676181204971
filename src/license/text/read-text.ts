/** Reads one licence file: what of it speaks for the package, and which licences it has for what the package carries. */
import { recogniseText, textsWithin } from './recognise.ts'
import type { Recognition } from './recognise.ts'
import { licensesInHeader } from './script-header.ts'
import type { HeaderNames } from './script-header.ts'
import { licenseSections, sectionOfPart, splitSections } from './sections.ts'
import type { TextIndex } from './text-index.ts'

/** What a file is by its name: a README only counts below its heading "License", a script with its opening comment. */
export type TextKind = 'package' | 'bundled' | 'readme' | 'header'

/** What a file says. */
export interface TextReading {
  /** Of the package itself; absent for a file that does not speak of it. */
  own?: Recognition
  /** Ids of the texts found for parts of others; absent where the file has no such part. */
  bundled?: string[][]
  /** The licences that the opening comment of a script, or a README's section about a part, names; absent where it names none. */
  named?: HeaderNames
}

/** Reads the content of a file. Pure, and bounded in time and memory. */
export function readText(raw: string, kind: TextKind, index: TextIndex): TextReading {
  if (kind === 'bundled') return { bundled: textsWithin(raw, index) }
  if (kind === 'header') return naming(licensesInHeader(raw))
  if (kind === 'readme') return readReadme(raw, index)
  const { own, bundled } = splitSections(raw)
  return {
    own: recogniseText(own, index),
    ...(bundled !== undefined && { bundled: textsWithin(bundled, index) }),
  }
}

/** What a README shows counts only if its code blocks and comments say nothing else: they can be seen, or be hidden. */
function readReadme(raw: string, index: TextIndex): TextReading {
  const sections = licenseSections(raw)
  if (sections === undefined) return readPart(sectionOfPart(raw), index)
  const { shown, whole } = sections
  const reading = readText(shown, 'package', index)
  if (shown === whole) return reading
  const { own } = readText(whole, 'package', index)
  if (saidBy(own) === saidBy(reading.own)) return reading
  const differences = ['its code blocks or comments say something else than the rest of the section']
  return { ...reading, own: { licenses: [], choice: false, differences } }
}

/** What is said about a part speaks for nothing; it may still contradict. */
function readPart(section: string | undefined, index: TextIndex): TextReading {
  if (section === undefined) return {}
  const { licenses, mentions = [], families = [] } = recogniseText(section, index)
  return naming({ ids: [...licenses.flat(), ...mentions], families })
}

function naming(named: HeaderNames): TextReading {
  return named.ids.length + named.families.length === 0 ? {} : { named }
}

/** All that a text says of licences; the text of one says no more than its name. */
function saidBy(own: Recognition | undefined): string | undefined {
  if (own === undefined || (own.licenses.length === 0 && own.mentions === undefined)) return undefined
  const { licenses, mentions = [], families = [], choice } = own
  return JSON.stringify([[...new Set([...licenses.flat(), ...mentions])].toSorted(), families, choice])
}
