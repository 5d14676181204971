/** Reads XML strictly enough to tell a broken or an injected document from a good one. */

const NAME = String.raw`[A-Za-z][\w-]*`
const TOKEN = new RegExp(
  String.raw`<\?xml [^?<>]*\?>|<(/?)(${NAME})((?:\s+${NAME}="[^"<]*")*)\s*(/?)>|([^<]+)`,
  'gy',
)
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos);)/
// eslint-disable-next-line no-control-regex
const CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** Names of all elements in the order in which they open; throws if the text is not well-formed. */
export function readXml(text: string): string[] {
  const names: string[] = []
  const open: string[] = []
  if (ENTITY.test(text) || CHARACTER.test(text)) throw new Error('no XML: an entity or a character')
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (match === null) throw new Error(`no XML at ${at}: ${text.slice(at, at + 80)}`)
    const [, closing, name, , empty, content] = match
    if (content !== undefined && content.trim() !== '' && open.length === 0) throw new Error('text outside')
    if (name === undefined) continue
    if (closing === '/') {
      if (open.pop() !== name) throw new Error(`no XML: </${name}>`)
      continue
    }
    if (open.length === 0 && names.length > 0) throw new Error('a second root')
    names.push(name)
    if (empty !== '/') open.push(name)
  }
  if (open.length > 0) throw new Error(`no XML: ${open.join(' ')} not closed`)
  return names
}
