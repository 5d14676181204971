/** Ways in which people write the same licence text. */

type Change = (text: string) => string

const NOTICE =
  /^([ \t"'*#/.-]*)([Cc]opyright\s+(?:\([cC]\)|©)?\s*(?:\d{4}|<year>|\[yyyy\]|yyyy)(?!.*\b(?:are|is|[Ll]icensed)\b)[^\n]{0,60}[^,\n])$(?!\n[ \t]*[a-z])/gm

/** Each keeps what the licence says. */
export const VARIATIONS: Readonly<Record<string, Change>> = {
  'as it is': (text) => text,
  'with other copyright lines': (text) =>
    `Copyright (c) 2014-2026 Zoë Quandt <zoe@quandt.example>\nCopyright © 2019 Quandt GmbH & Co. KG. All rights reserved.\n\n${text.replace(NOTICE, '$1Copyright (c) 2001, 2004-2007 Hans van der Berg and contributors')}`,
  'each paragraph on one line': (text) =>
    paragraphs(text)
      .map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' '))
      .join('\n\n'),
  'wrapped at 60 columns': (text) => paragraphs(text).map(wrap).join('\n\n'),
  'behind //': marked('// '),
  'in a block of stars': (text) => `/*\n${marked(' * ')(text)}\n */`,
  'behind #, ;;, -- or %': (text) => marked(oneOf(['# ', ';; ', '-- ', '% '], text))(text),
  'behind REM or dnl': (text) => marked(oneOf(['REM ', 'dnl '], text))(text),
  'in an HTML comment': (text) => `<!--\n${text}\n-->`,
  'with other quotes and dashes': (text) =>
    text
      .replaceAll(/"([^"\n]*)"/g, '“$1”')
      .replaceAll(/(?<=\w)'(?=\w)/g, '’')
      .replaceAll(' - ', ' — '),
  'with headings in capitals': (text) =>
    text
      .split('\n')
      .map((line) => (/^\s*(?:[A-Z][\w-]*\s*){1,8}$/.test(line) ? line.toUpperCase() : line))
      .join('\n'),
  'with a byte order mark, tabs and line ends of Windows': (text) =>
    `\uFEFF${text.replaceAll(/^ {2,}/gm, '\t').replaceAll('\n', '\r\n')}`,
  'escaped for HTML': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'as an HTML page': (text) =>
    `<html><body>${paragraphs(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
      .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br/>\n')}</p>`)
      .join('\n')}</body></html>`,
}

function paragraphs(text: string): string[] {
  return text.split(/\n[ \t]*\n\s*/)
}

/** Each text has one of them, and each time the same one. */
function oneOf(markers: readonly string[], text: string): string {
  return markers[text.length % markers.length] ?? ''
}

function marked(marker: string): Change {
  return (text) =>
    text
      .split('\n')
      .map((line) => `${marker}${line}`)
      .join('\n')
}

function wrap(paragraph: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(/\s+/).filter((part) => part !== '')) {
    if (line !== '' && line.length + word.length >= 60) {
      lines.push(line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join('\n')
}
