/** Shows the rules: all of them as a list, and the page of one, both for a terminal. */
import { RULE_IDS, RULES } from '#model/finding'
import { RULE_GROUPS, RULE_TRAITS } from '#model/rule-traits'
import type { ReportStyle } from './reporter.ts'
import { hanging, painter, wrap } from './text-layout.ts'

/** How a page or a list is to look. */
export type PageStyle = Pick<ReportStyle, 'color' | 'width'>

const SENTENCE_INDENT = 6

/** Every rule with its severity and its sentence, by what it is about. */
export function rulesList({ color, width }: PageStyle): string {
  const paint = painter(color)
  const idWidth = Math.max(...RULE_IDS.map((id) => id.length)) + 2
  const lines: string[] = []
  for (const group of RULE_GROUPS) {
    lines.push(paint('bold', group))
    for (const id of RULE_IDS.filter((candidate) => RULE_TRAITS[candidate].group === group)) {
      lines.push(`  ${id.padEnd(idWidth)}${RULE_TRAITS[id].severity}`)
      lines.push(...hanging('', wrap(RULES[id], width - SENTENCE_INDENT), SENTENCE_INDENT, 0))
    }
    lines.push('')
  }
  const more =
    'The severity is that without a word of the policy. `depgate rules <id>` explains a rule, with an example.'
  return `${[...lines, ...wrap(more, width)].join('\n')}\n`
}

/** The page of a rule: headings stand out, prose is wrapped, what is in fences stays as it is. */
export function rulePage(markdown: string, { color, width }: PageStyle): string {
  const paint = painter(color)
  const blocks = markdown.split(/^```.*\n/m).flatMap((part, at) => {
    if (at % 2 === 1) return [part.trimEnd().replaceAll(/^(?=.)/gm, '  ')]
    const prose = part.split(/\n{2,}/).map((block) => block.trim().replaceAll(/\s*\n\s*/g, ' '))
    return prose.filter((block) => block !== '').map((block) => shown(block))
  })
  return `${blocks.join('\n\n')}\n`

  function shown(block: string): string {
    const heading = /^#+ (.*)/.exec(block)?.[1]
    return heading === undefined ? wrap(block, width).join('\n') : paint('bold', heading)
  }
}
