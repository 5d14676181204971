/** Workflow commands of GitHub: one line each, in which nothing from outside is more than text. */
import { display, displayLines } from './display.ts'

/** What an annotation is called. */
export type AnnotationLevel = 'error' | 'warning' | 'notice'

/** One annotation; `message` may hold several lines. */
export interface Annotation {
  level: AnnotationLevel
  title: string
  message: string
  file?: string
  /** 1-based. */
  line?: number
  /** 1-based. */
  column?: number
}

/** Longest title that GitHub shows. */
const MAX_TITLE = 200

/** The command for an annotation, without a line break at its end. */
export function annotationCommand({ level, title, message, file, line, column }: Annotation): string {
  const properties = [
    ...(file === undefined ? [] : [`file=${property(display(file))}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    ...(column === undefined ? [] : [`col=${column}`]),
    `title=${property(display(title, MAX_TITLE))}`,
  ]
  return `::${level} ${properties.join(',')}::${data(displayLines(message).join('\n'))}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
