/** Horizontal bars as an SVG, one panel a comparison. Pure. */

const WIDTH = 940
/** Room for the longest name of all rows. */
const LABEL = 380
const BAR = 18
const GAP = 6
const HEAD = 34
const MARGIN = 16
const COLOURS = { ours: '#1f6f54', reference: '#9aa5b1', peer: '#c58b3b' }

/**
 * @param {readonly { title: string, measured: readonly import('./together.mjs').Measured[] }[]} panels
 * @returns {string}
 */
export function plot(panels) {
  let top = MARGIN
  const parts = []
  for (const { title, measured } of panels) {
    parts.push(text(MARGIN, top + 16, title, 'font-weight="bold"'))
    top += HEAD
    const longest = Math.max(...measured.map(({ seconds }) => seconds.max))
    const scale = (WIDTH - LABEL - 2 * MARGIN - 70) / longest
    for (const { name, kind, seconds } of measured) {
      parts.push(bar(top, name, kind, seconds, scale))
      top += BAR + GAP
    }
    top += MARGIN
  }
  parts.push(legend(top))
  const height = top + 30
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`,
    ` font-family="sans-serif" font-size="12" role="img">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n')
}

/** A bar to the median, with a thin line from the fastest to the slowest run. */
function bar(top, name, kind, { median, min, max }, scale) {
  const left = LABEL + MARGIN
  const middle = top + BAR / 2
  const weight = kind === 'ours' ? ' font-weight="bold"' : ''
  return [
    text(left - 8, middle + 4, name, `text-anchor="end"${weight}`),
    `<rect x="${left}" y="${top}" width="${fixed(median * scale)}" height="${BAR}" fill="${COLOURS[kind]}"/>`,
    `<line x1="${fixed(left + min * scale)}" x2="${fixed(left + max * scale)}" y1="${middle}" y2="${middle}" stroke="#333333"/>`,
    text(fixed(left + max * scale + 6), middle + 4, `${median.toFixed(median < 1 ? 3 : 2)} s`, weight.trim()),
  ].join('\n')
}

function legend(top) {
  return Object.entries(COLOURS)
    .map(([kind, colour], at) => {
      const left = MARGIN + at * 130
      const words = { ours: 'depgate', reference: 'reference', peer: 'other tools' }[kind]
      return `<rect x="${left}" y="${top}" width="12" height="12" fill="${colour}"/>${text(left + 18, top + 11, words)}`
    })
    .join('\n')
}

function text(x, y, words, more = '') {
  return `<text x="${x}" y="${y}"${more === '' ? '' : ` ${more}`}>${escaped(words)}</text>`
}

function fixed(value) {
  return Number(value.toFixed(1))
}

function escaped(words) {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
