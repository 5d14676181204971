/** Reads a page strictly: every element is one of ours, every attribute quoted or plain, every end tag in its place. */
import type { ChangeReport } from '#model/change'

const OURS = new Set(
  (
    'html head meta title style script body header main nav footer section h1 h2 h3 h4 p a b i small span code pre time ul ol li dl dt dd div ' +
    'details summary table caption thead tbody tr th td figure figcaption svg g text rect line polygon polyline circle form label input select option button'
  ).split(' '),
)
const VOID = new Set(['meta', 'input'])
/** Their end tags may be left out. */
const OPEN_ENDED = new Set(['dt', 'dd', 'tr', 'td', 'th', 'option'])
const ATTRIBUTE = /^ ([a-zA-Z][a-zA-Z\d-]*)(?:="([^"<>]*)"|=([\w-]+))?/
const HANDLER = /^on|^style$|^src$|^srcdoc$|^action$|^formaction$/

/** What is wrong with the page; empty if nothing is. */
export function pageProblems(html: string): string[] {
  const problems: string[] = []
  const start = html.indexOf('>') + 1
  if (html.slice(0, start) !== '<!doctype html>') problems.push('no doctype')
  const text = html
    .slice(start)
    .replace(/<style>[^<]*<\/style>/, '<style></style>')
    .replace(/<script>'use strict'.*<\/script><\/body>/s, '<script></script></body>')
  const open: string[] = []
  for (const [at, piece] of text.split('<').entries()) {
    if (at === 0) continue
    const end = piece.indexOf('>')
    const tag = piece.slice(0, end)
    const [, slash = '', name = ''] = /^(\/?)([a-z][a-z0-9]*)/.exec(tag) ?? []
    if (end < 0 || !OURS.has(name)) problems.push(`<${piece.slice(0, 60)}`)
    else if (slash === '/') {
      while (open.length > 0 && open.at(-1) !== name && OPEN_ENDED.has(open.at(-1) ?? '')) open.pop()
      if (open.pop() !== name) problems.push(`</${name}> without its beginning`)
    } else {
      problems.push(...attributeProblems(tag.slice(name.length)))
      if (!VOID.has(name) && !tag.endsWith('/')) open.push(name)
    }
    if (/&(?!(?:lt|gt|quot|#39|amp);)/.test(piece)) problems.push(`entity in ${piece.slice(0, 60)}`)
  }
  if (open.length > 0) problems.push(`never ended: ${open.join(', ')}`)
  return problems
}

function attributeProblems(text: string): string[] {
  let rest = text.replace(/\/$/, '')
  while (rest !== '') {
    const match = ATTRIBUTE.exec(rest)
    if (match === null) return [`attributes ${rest.slice(0, 60)}`]
    const [whole, name = '', value = ''] = match
    if (HANDLER.test(name)) return [`attribute ${name}`]
    if (name === 'href' && !/^(?:#[\w-]+|https:\/\/[^\s]+)$/.test(value)) return [`href ${value}`]
    rest = rest.slice(whole.length)
  }
  return []
}

/** A change with a package of every kind. */
export const change: ChangeReport = {
  base: { name: 'main', commit: 'a'.repeat(40), lockfileSha256: '0'.repeat(64), policySha256: null },
  packages: [
    {
      type: 'added',
      name: 'fresh',
      after: { version: '1.0.0', license: 'MIT', kinds: ['production'] },
      differs: [],
      path: ['app@1.0.0', 'fresh@1.0.0'],
    },
    {
      type: 'removed',
      name: 'gone',
      before: { version: '1.0.0', license: null, kinds: ['dev'] },
      differs: [],
      path: ['app@1.0.0', 'gone@1.0.0'],
    },
  ],
  needsPolicyOwner: [{ file: 'depgate.config.json', message: 'licenses.allow has MPL-2.0 now' }],
}
