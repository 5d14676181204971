/** Cuts a licence file where it begins to speak of other people's packages, and finds what a README says of its licence. */

/** A heading has no more characters. */
const MAX_HEADING = 120
/**
 * Only headings that are about whose work follows: what stands below such a heading is not held against the package, so
 * none of these words may be about what is allowed.
 */
const OTHERS =
  /^(?:(?:copyright )?(?:licenses?|licences?|notices?|terms) (?:of|for) (?:the )?)?(?:bundled|third party|third parties|3rd party|vendored|externally maintained)(?: (?:bundled|open source|software|code|javascript|npm|runtime|library|component|package|module|dependency|and|or|copyright))* (?:licen[cs]es?|notices?|attributions?|dependency|dependencies|librar(?:y|ies)|components?|packages?|modules?|software|code|materials?)(?: (?:information|texts?))?$/
const LICENSE = /^licen[cs](?:e|es|ing)$/

interface Heading {
  /** Its words in small letters, without what makes it a heading. */
  words: string
  /** 1 to 6 in Markdown; 1 and 2 for underlined ones. */
  level: number
  /** Where its line starts, and where the text below it does. */
  from: number
  to: number
}

/** The text that speaks for the package itself, and the rest, if there is such a heading behind it. */
export function splitSections(text: string): { own: string; bundled?: string } {
  if (!/bundled|vendored|external|third|3rd/i.test(text)) return { own: text }
  let from = 0
  for (const line of text.split('\n')) {
    if (isAboutOthers(line) && text.slice(0, from).trim() !== '') {
      return { own: text.slice(0, from), bundled: text.slice(from) }
    }
    from += line.length + 1
  }
  return { own: text }
}

function isAboutOthers(line: string): boolean {
  return line.length <= MAX_HEADING && OTHERS.test(headingWords(line))
}

/**
 * What a README says below its heading "License", up to the next heading of that level, with all further sections whose
 * heading speaks of a licence; undefined without such a heading.
 */
export function licenseSection(readme: string): string | undefined {
  const headings = headingsOf(readme)
  const first = headings.findIndex(({ words }) => LICENSE.test(words))
  const heading = headings[first]
  if (heading === undefined) return undefined
  let end = endOf(first)
  const parts = [readme.slice(heading.to, end)]
  for (let at = first + 1; at < headings.length; at += 1) {
    const { from, words } = headings[at] ?? heading
    if (from < end || !/licen[cs]|commercial|terms/.test(words)) continue
    end = endOf(at)
    parts.push(readme.slice(from, end))
  }
  return parts.join('\n')

  function endOf(at: number): number {
    const level = headings[at]?.level ?? 1
    for (let behind = at + 1; behind < headings.length; behind += 1) {
      const next = headings[behind]
      if (next !== undefined && next.level <= level) return next.from
    }
    return readme.length
  }
}

function headingsOf(readme: string): Heading[] {
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
      }
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
