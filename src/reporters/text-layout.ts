/** Lays out text for a terminal: wrapping, hanging indents and colours that can be left out. */
import { styleText } from 'node:util'

/** The styles depgate uses. */
export type TextStyle = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan'

/** Paints text, or leaves it alone when colours are off. */
export type Paint = (style: TextStyle, text: string) => string

/** The painter for a run; it never looks at the environment, whoever prints has decided. */
export function painter(color: boolean): Paint {
  return color ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text
}

/** Breaks prose at blanks to fit a width; a word longer than the width stays whole, so that it can be copied. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  lines.push(line)
  return lines
}

/** The length of the longest text; none has 0. As many as there are packages are too many for the arguments of one call. */
export function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0)
}

/** A label and text beside it; further lines hang below the text. */
export function hanging(label: string, lines: string[], indent: number, labelWidth: number): string[] {
  const margin = ' '.repeat(indent)
  const blank = ' '.repeat(labelWidth)
  return lines.map((line, index) =>
    `${margin}${index === 0 ? label.padEnd(labelWidth) : blank}${line}`.trimEnd(),
  )
}
