/** Cuts a licence file where it begins to speak of other people's packages, and finds what a README says of its licence. */
import { withoutHidden } from './hidden-parts.ts'

/** A heading has no more characters. */
const MAX_HEADING = 120
/**
 * Only headings that are about whose work follows: what stands below such a heading is not held against the package, so
 * none of these words may be about what is allowed.
 */
const OTHERS =
  /^(?:(?:copyright )?(?:licenses?|licences?|notices?|terms) (?:of|for) (?:the )?)?(?:bundled|third party|third parties|3rd party|vendored|externally maintained)(?: (?:bundled|open source|software|code|javascript|npm|runtime|library|component|package|module|dependency|and|or|copyright))* (?:licen[cs]es?|notices?|attributions?|dependency|dependencies|librar(?:y|ies)|components?|packages?|modules?|software|code|materials?)(?: (?:information|texts?))?$/
/** What speaks of the text above it, or of the package as opposed to what it carries. */
const OF_ITSELF =
  /\b(?:the above|above (?:licen[cs]e|grant|permission|term)s?|(?:licen[cs]e|grant|permission|term)s?(?: \w{1,20})? above|itself|as a whole|our own)\b/
/** Where the known texts that are mostly carried, and those who list them, say such a thing of something else. */
const SAID_BY_TEXTS = new RegExp(
  `\\b(?:${[
    'the above copyright',
    'the above rights (?:include|may be exercised)',
    'the above requirements apply either way',
    'the above definition of',
    'the above mentioned conventions',
    'the above license grant, this restriction',
    'the above applies to the (?:work|derivative work|adaptation)',
    'any of the above conditions are not met',
    'copy the above specified materials',
    'guarantee of the above statement',
    'subject to the above (?:disclaimer|terms and conditions, licensor)',
    'notwithstanding the above, (?:nothing herein shall supersede|(?:the )?licensor reserves)',
    'for the above reason, the work is',
    'differ from the terms above',
    'itself as the (?:licensor|originator)',
    '(?:work|adaptation|collection) itself,? to be made subject',
    'component itself accompanies',
    'modification itself materially',
    'package itself, and are not subject',
    'the item itself, though',
    'must itself be a software library',
    'work is itself a library',
    'with the library itself',
    'program itself (?:is interactive|\\(excluding)',
    'contributor itself or anyone',
    'either by itself or as',
    'sold by itself',
    'in the (?:code|software|original work) itself(?: as well|,? (?:if )?and wherever| and in any)',
    'modified work as a whole',
    'the work as a whole, that',
    'entire work, as a whole',
    'section as a whole is intended',
    'licensed as a whole at no charge',
    'represent, as a whole, an original work',
    'derivative works as a whole',
    'licence as a whole\\. such provision',
  ].join('|')})`,
  'g',
)
const LICENSE = /^licen[cs](?:e|es|ing)$/
/** Headings with more beside that word: `7. License`, `License (GPL)`, `<h2>License</h2>`. They start nothing that grants. */
const NAMES_LICENSE = /\blicen[cs](?:e|es|ing)\b/
const MAX_HINT_WORDS = 6
/** Headings of what limits a licence. The words of APIs (`permissions`, `usage`) and the usual disclaimer are not among them. */
const LIMITS =
  /licen[cs]|commercial|enterprise|pricing|\bpersonal use\b|terms|\blegal\b|\brestrictions?\b|proprietary|\beula\b|copyright/

/** The deepest level of a heading. */
const DEEPEST = 6

interface Heading {
  /** Its words in small letters, without what makes it a heading. */
  words: string
  /** 1 to 6 in Markdown; 1 and 2 for underlined ones. */
  level: number
  /** Where its line starts, and where the text below it does. */
  from: number
  to: number
  /** Whether it may stand in a code block or comment, and be no heading. */
  isDoubtful?: boolean
}

/**
 * The text that speaks for the package itself, and the rest, if there is such a heading behind it. A rest that comes back
 * to the package speaks for it as well: then nothing is cut.
 */
export function splitSections(text: string): { own: string; bundled?: string } {
  if (!/bundled|vendored|external|third|3rd/i.test(text)) return { own: text }
  let from = 0
  for (const line of text.split('\n')) {
    if (isAboutOthers(line) && text.slice(0, from).trim() !== '') {
      const bundled = text.slice(from)
      return speaksOfItself(bundled) ? { own: text } : { own: text.slice(0, from), bundled }
    }
    from += line.length + 1
  }
  return { own: text }
}

function isAboutOthers(line: string): boolean {
  return line.length <= MAX_HEADING && OTHERS.test(headingWords(line))
}

function speaksOfItself(text: string): boolean {
  // The marks of quotations and comments stand between words too.
  const words = text.toLowerCase().replace(/[\s>*#/]+/g, ' ')
  return OF_ITSELF.test(words.replace(SAID_BY_TEXTS, ' '))
}

/** The sections of a README that are about its licence. */
export interface LicenseSections {
  /** What a reader is shown for certain: without code blocks and comments. */
  shown: string
  /** All that stands in them, and in those that begin inside a code block or comment. */
  whole: string
}

/** What a README shows below its heading "License" and in all sections that go with it; undefined without such a heading. */
export function licenseSection(readme: string): string | undefined {
  return licenseSections(readme)?.shown
}

/**
 * What stands below the heading "License", up to the next heading of that level, with all other sections whose heading
 * speaks of a licence or of what limits it; undefined without such a heading. A heading in a code block or comment begins no
 * licence and ends no section, but a limit is heard wherever it stands.
 */
export function licenseSections(readme: string): LicenseSections | undefined {
  const shown = withoutHidden(readme)
  const certain = headingsOf(shown)
  const license = topHeadings(certain, shown).find(({ words }) => LICENSE.test(words))
  if (license === undefined) return undefined
  const headings = shown === readme ? certain : withDoubtful(certain, headingsOf(readme))
  const shownParts: string[] = []
  const wholeParts: string[] = []
  let end = 0
  headings.forEach((heading, at) => {
    const { words, level, from, to, isDoubtful } = heading
    const isLicense = from === license.from
    if (from < end || !(isLicense || LIMITS.test(words))) return
    const behind = endOf(headings, at, isDoubtful === true ? DEEPEST : level) ?? readme.length
    const isAround = from < license.from && behind > license.from
    // The title of a package for licences says nothing of its own.
    if (isAround && heading === certain[0]) return
    const begin = isLicense ? to : from
    end = isAround ? (endOf(headings, at, DEEPEST) ?? behind) : behind
    shownParts.push(shown.slice(begin, end))
    wholeParts.push(readme.slice(begin, end))
  })
  return { shown: shownParts.join('\n'), whole: wholeParts.join('\n') }
}

/**
 * What a README says in all places that look as if they were about a licence: below headings of any level that have the
 * word in them, with these headings, and below such a line in bold or in HTML. For hints alone; undefined without one.
 */
export function licenseHints(readme: string): string | undefined {
  const shown = withoutHidden(readme)
  const headings = headingsOf(shown, HEADING_BY_LOOKS)
  const found: string[] = []
  let end = 0
  headings.forEach(({ words, level, from }, at) => {
    if (from < end || !namesLicense(words)) return
    end = endOf(headings, at, level) ?? shown.length
    found.push(shown.slice(from, end))
  })
  return found.length === 0 ? undefined : found.join('\n\n')
}

function namesLicense(words: string): boolean {
  return (
    NAMES_LICENSE.test(words) &&
    !OTHERS.test(words) &&
    (words.match(/[\p{L}\p{N}]+/gu) ?? []).length <= MAX_HINT_WORDS
  )
}

/** Where the next heading of a level or above it begins, that surely is one. */
function endOf(headings: readonly Heading[], at: number, level: number): number | undefined {
  for (let behind = at + 1; behind < headings.length; behind += 1) {
    const next = headings[behind]
    if (next !== undefined && next.isDoubtful !== true && next.level <= level) return next.from
  }
  return undefined
}

/** The headings of the first two levels, and those that lie in no other section than that of the title: others are about a part. */
function topHeadings(headings: readonly Heading[], readme: string): Heading[] {
  const [first] = headings
  const isTitled = first !== undefined && (first.level === 1 || readme.slice(0, first.from).trim() === '')
  const around: Heading[] = []
  return headings.filter((heading) => {
    while (around.length > 0 && (around.at(-1)?.level ?? 0) >= heading.level) around.pop()
    const isTop =
      heading.level <= 2 || around.length === 0 || (around.length === 1 && isTitled && around[0] === first)
    around.push(heading)
    return isTop
  })
}

/** All headings by their place; those that are only found with code blocks and comments are doubtful. */
function withDoubtful(certain: readonly Heading[], all: readonly Heading[]): Heading[] {
  const places = new Set(certain.map(({ from }) => from))
  const doubtful = all
    .filter(({ from }) => !places.has(from))
    .map(({ words, level, from, to }) => ({ words, level, from, to, isDoubtful: true }))
  return [...certain, ...doubtful].toSorted((a, b) => a.from - b.from)
}

/** A line in bold, or a heading in HTML. */
const HEADING_BY_LOOKS = /^[ \t]{0,3}(?:\*\*|__|<h[1-6]\b)/i

/** Those of Markdown, and lines that look like headings in another way: they are of the lowest level. */
function headingsOf(readme: string, byLooks?: RegExp): Heading[] {
  const headings: Heading[] = []
  const lines = readme.split('\n')
  let from = 0
  lines.forEach((line, at) => {
    const to = from + line.length + 1
    const below = lines[at + 1]?.trim() ?? ''
    const marks = /^[ \t]{0,3}(#{1,6})[ \t]/.exec(line)?.[1]
    if (line.length <= MAX_HEADING && line.trim() !== '') {
      if (marks !== undefined) headings.push({ words: headingWords(line), level: marks.length, from, to })
      else if (/^(?:={3,}|-{3,})$/.test(below)) {
        const level = below.startsWith('=') ? 1 : 2
        headings.push({ words: headingWords(line), level, from, to: to + (lines[at + 1]?.length ?? 0) + 1 })
      } else if (byLooks?.test(line) === true)
        headings.push({ words: headingWords(line), level: DEEPEST, from, to })
    }
    from = to
  })
  return headings
}

/** Without the marks of a heading; hyphens, colons and blanks are one blank. */
function headingWords(line: string): string {
  return line
    .toLowerCase()
    .replace(/[#*=_:\s-]+/g, ' ')
    .trim()
}
