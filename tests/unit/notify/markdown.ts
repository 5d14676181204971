/** Reads Markdown as GitHub does, for tests of what would be made of it. */
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

/** The HTML, and the text in which GitHub looks for mentions, issues and addresses. */
export function parseMarkdown(text: string): { html: string; textOutsideCode: string } {
  const html = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })
  return { html, textOutsideCode: html.replaceAll(/<code>[\s\S]*?<\/code>/g, '').replaceAll(/<[^>]*>/g, '') }
}
