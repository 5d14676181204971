/** What is wrong with imports, as lines for a terminal: place, sentence and fix, like every finding. */
import { count } from '../coverage.ts'
import { display } from '../display.ts'
import { fixLines } from '../finding-text.ts'
import { hanging, painter, wrap } from '../text-layout.ts'

/** One thing that is wrong at one place. */
export interface ImportBreach {
  file: string
  /** 1-based. */
  line?: number
  column?: number
  /** One sentence without the place. */
  message: string
  /** Further lines. */
  details?: readonly string[]
  fix?: string
}

/** Breaches that are shown. */
const SHOWN = 25
const LABEL_WIDTH = 6

/** The text: `title` first, then each breach with its place; `word` says what a breach is. */
export function importText(
  { title, word, breaches }: { title: string; word: string; breaches: readonly ImportBreach[] },
  style: { width: number; color: boolean },
): string {
  const paint = painter(style.color)
  const width = Math.max(30, style.width - 2 - LABEL_WIDTH)
  const lines = wrap(`depgate  ${title}`, style.width)
  for (const breach of breaches.slice(0, SHOWN)) {
    lines.push('', `${paint('red', word)}  ${paint('bold', placeText(breach))}`)
    lines.push(...hanging('', wrap(display(breach.message, 1000), width), 2, LABEL_WIDTH))
    const details = (breach.details ?? []).map((line) => `- ${display(line)}`)
    lines.push(...hanging('', details, 2, LABEL_WIDTH))
    if (breach.fix !== undefined) lines.push(...hanging('fix', fixLines(breach.fix, width), 2, LABEL_WIDTH))
  }
  const more = breaches.length - SHOWN
  if (more > 0) lines.push('', `and ${count(more, 'more place')}`)
  return lines.join('\n')
}

/** `src/a.ts:3:21`, which editors and terminals make a link of. */
export function placeText({ file, line, column }: Pick<ImportBreach, 'file' | 'line' | 'column'>): string {
  return [display(file), line, column].filter((part) => part !== undefined).join(':')
}
