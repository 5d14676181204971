/** Reads one licence file: what of it speaks for the package, and which licences it has for what the package carries. */
import { recogniseText, textsWithin } from './recognise.ts'
import type { Recognition } from './recognise.ts'
import { licensesInHeader } from './script-header.ts'
import type { HeaderNames } from './script-header.ts'
import { licenseSection, splitSections } from './sections.ts'
import type { TextIndex } from './text-index.ts'

/** What a file is by its name: a README only counts below its heading "License", a script with its opening comment. */
export type TextKind = 'package' | 'bundled' | 'readme' | 'header'

/** What a file says. */
export interface TextReading {
  /** Of the package itself; absent for a file that does not speak of it. */
  own?: Recognition
  /** Ids of the texts found for parts of others; absent where the file has no such part. */
  bundled?: string[][]
  /** The licences that the opening comment of a script names; absent where it names none. */
  named?: HeaderNames
}

/** Reads the content of a file. Pure, and bounded in time and memory. */
export function readText(raw: string, kind: TextKind, index: TextIndex): TextReading {
  if (kind === 'bundled') return { bundled: textsWithin(raw, index) }
  if (kind === 'header') {
    const named = licensesInHeader(raw)
    return named.ids.length + named.families.length === 0 ? {} : { named }
  }
  const text = kind === 'readme' ? licenseSection(raw) : raw
  if (text === undefined) return {}
  const { own, bundled } = splitSections(text)
  return {
    own: recogniseText(own, index),
    ...(bundled !== undefined && { bundled: textsWithin(bundled, index) }),
  }
}
