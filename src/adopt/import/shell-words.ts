/** Reads the command lines of package.json scripts, as far as a tool's own flags go. */

/** One command of a line: its words, without what stands before the tool's name. */
export interface ToolCall {
  tool: string
  args: string[]
}

/** All calls of one of these tools in a script; what a shell would have to work out is left as it stands. */
export function toolCalls(script: string, tools: readonly string[]): ToolCall[] {
  return splitCommands(shellWords(script)).flatMap((words) => {
    const at = words.findIndex((word) => tools.includes(toolName(word)))
    const word = words[at]
    return word === undefined ? [] : [{ tool: toolName(word), args: words.slice(at + 1) }]
  })
}

/** `--flag=value`, `--flag value` and bare flags; the last of several counts. */
export function flagsIn(args: readonly string[], withValue: ReadonlySet<string>): Map<string, string> {
  const flags = new Map<string, string>()
  for (let at = 0; at < args.length; at++) {
    const [, name, value] = /^(--?[A-Za-z][\w-]*)(?:=(.*))?$/s.exec(args[at] ?? '') ?? []
    if (name === undefined) continue
    const next = args[at + 1]
    if (value !== undefined) flags.set(name, value)
    else if (withValue.has(name) && next !== undefined) {
      flags.set(name, next)
      at++
    } else flags.set(name, '')
  }
  return flags
}

/** `license-checker` for `./node_modules/.bin/license-checker@25`. */
function toolName(word: string): string {
  const last = word.split('/').at(-1) ?? ''
  return last.replace(/@[^@]*$/, '')
}

const SEPARATORS = new Set(['&&', '||', ';', '|', '&'])

function splitCommands(words: readonly { text: string; isOperator: boolean }[]): string[][] {
  const commands: string[][] = [[]]
  for (const { text, isOperator } of words) {
    if (isOperator) commands.push([])
    else commands.at(-1)?.push(text)
  }
  return commands
}

/** Words with their quotes taken off; operators apart. */
function shellWords(line: string): { text: string; isOperator: boolean }[] {
  const words: { text: string; isOperator: boolean }[] = []
  const token = /&&|\|\||[;|&]|(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s;|&"'\\])+/gs
  for (const [text] of line.matchAll(token)) {
    if (SEPARATORS.has(text)) words.push({ text, isOperator: true })
    else words.push({ text: unquote(text), isOperator: false })
  }
  return words
}

function unquote(text: string): string {
  return text.replaceAll(
    /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/gs,
    (_all, double: string, single: string, one: string) => {
      if (single !== undefined) return single
      return one ?? double.replaceAll(/\\(["\\$`])/g, '$1')
    },
  )
}
