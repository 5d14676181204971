/** Cuts a licence file where it begins to speak of other people's packages that the package carries. */

/** A heading of its own line, as bundlers and people write it. */
const HEADING =
  /^[ \t]*(?:#{1,6}[ \t]*|[*=_-]{2,}[ \t]*)?(?:licenses?|notices?|terms)?[ \t]*(?:of|for)?[ \t]*(?:the[ \t]*)?(?:bundled|third[ -]part(?:y|ies)|3rd[ -]part(?:y|ies)|vendored|external(?:ly maintained)?)[ \t]+(?:[a-z-]+[ \t]+){0,3}(?:licen[cs]es?|notices?|dependenc(?:y|ies)|librar(?:y|ies)|components?|packages?|software|code|materials?)[ \t]*(?:information|texts?)?[ \t]*[:*=_-]*[ \t]*$/im

/** The text that speaks for the package itself, and the rest, if there is such a heading behind it. */
export function splitSections(text: string): { own: string; bundled?: string } {
  const found = HEADING.exec(text)
  if (found === null || text.slice(0, found.index).trim() === '') return { own: text }
  return { own: text.slice(0, found.index), bundled: text.slice(found.index) }
}

const README_HEADING =
  /^[ \t]*(?:#{1,6}[ \t]*)?(?:[*_]{2})?licen[cs](?:e|es|ing)(?:[*_]{2})?[ \t]*:?[ \t]*#*[ \t]*(?:\r?\n[ \t]*[-=]{3,}[ \t]*)?$/im
const NEXT_HEADING = /^[ \t]*#{1,6}[ \t]+\S|^[^\n]+\r?\n[ \t]*(?:={3,}|-{3,})[ \t]*$/m

/** What a README says below its heading "License", up to the next heading; undefined without such a heading. */
export function licenseSection(readme: string): string | undefined {
  const found = README_HEADING.exec(readme)
  if (found === null) return undefined
  const rest = readme.slice(found.index + found[0].length)
  // A licence text in a README may have a heading of its own right below: `(The MIT License)` is none.
  const next = NEXT_HEADING.exec(rest)
  return next === null ? rest : rest.slice(0, next.index)
}
