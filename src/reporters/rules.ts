/** Shows the rules: all of them as a list, and the page of one, both for a terminal. */
import { RULES } from '#model/finding'
import type { RuleId } from '#model/finding'
import { RULE_GROUPS, RULE_TRAITS } from '#model/rule-traits'
import type { ReportStyle } from './reporter.ts'
import { hanging, painter, wrap } from './text-layout.ts'

const INDENT = 2
const SEVERITY_WIDTH = 'deny or warn'.length + 2

/** Every rule with its severity and its sentence, by what it is about. */
export function rulesList({ color, width }: Pick<ReportStyle, 'color' | 'width'>): string {
  const paint = painter(color)
  const ids = Object.keys(RULES) as RuleId[]
  const idWidth = Math.max(...ids.map((id) => id.length)) + 2
  const labelWidth = idWidth + SEVERITY_WIDTH
  const narrow = width < labelWidth + 60
  const lines = RULE_GROUPS.flatMap((group) => [
    paint('bold', group),
    ...ids
      .filter((id) => RULE_TRAITS[id].group === group)
      .flatMap((id) => {
        const label = `${id.padEnd(idWidth)}${RULE_TRAITS[id].severity}`
        if (!narrow) return hanging(label, wrap(RULES[id], width - INDENT - labelWidth), INDENT, labelWidth)
        return [...hanging(label, [''], INDENT, labelWidth), ...hanging('', wrap(RULES[id], width - 6), 6, 0)]
      }),
    '',
  ])
  const more = 'The severity is that without a word of the policy. `depgate rules <id>` explains a rule.'
  return `${[...lines, ...wrap(more, width)].join('\n')}\n`
}

/** The page of a rule: headings stand out, prose is wrapped, what is in fences stays as it is. */
export function rulePage(markdown: string, { color, width }: Pick<ReportStyle, 'color' | 'width'>): string {
  const paint = painter(color)
  const lines = markdown.split(/^```.*\n/m).flatMap((part, at) => {
    if (at % 2 === 1)
      return [
        ...part
          .trimEnd()
          .split('\n')
          .map((line) => `  ${line}`.trimEnd()),
        '',
      ]
    const blocks = part.split(/\n{2,}/).filter((block) => block.trim() !== '')
    return blocks.flatMap((block) => {
      const heading = /^#+ (.*)/.exec(block.trim())?.[1]
      if (heading !== undefined) return [paint('bold', heading), '']
      return [...wrap(block.trim().replaceAll(/\s*\n\s*/g, ' '), width), '']
    })
  })
  return `${lines.join('\n').trimEnd()}\n`
}
