/** Patterns of CODEOWNERS: those of .gitignore without ranges and negations, matched without going back over a path twice. */

/** A pattern as the parts between its slashes; `**` stands for any number of folders. */
export interface OwnerPattern {
  parts: string[]
  /** Whether what it names has all below it, too: not so for `docs/*`, which is the files of that folder alone. */
  below: boolean
}

/** Parts of a pattern, beyond which it is none. */
const MAX_PARTS = 40

/** Reads a pattern; undefined for what CODEOWNERS does not know: ranges, negations, nothing at all. */
export function ownerPattern(text: string, anywhere: boolean): OwnerPattern | undefined {
  if (text.startsWith('!') || /[[\]]/.test(text)) return undefined
  const plain = text.replaceAll(/\\(.)/g, '$1')
  const isFolder = plain.endsWith('/')
  const parts = plain.split('/').filter((part) => part !== '')
  if (parts.length === 0 || parts.length > MAX_PARTS)
    return plain === '/' ? { parts: ['**'], below: true } : undefined
  const inMiddle = plain.replace(/\/+$/, '').replace(/^\/+/, '').includes('/')
  const anchored = plain.startsWith('/') || (inMiddle && !anywhere)
  const last = parts.at(-1)
  const below = isFolder || last === '**' || !(last === '*' && parts.length > 1)
  return {
    parts: [...(anchored ? [] : ['**']), ...parts, ...(isFolder ? ['*'] : [])],
    below,
  }
}

/** Whether a pattern names a path or a folder that it lies in. Takes as long as pattern times path, whatever they are. */
export function matchesPath({ parts, below }: OwnerPattern, path: string): boolean {
  const steps = path.split('/').filter((step) => step !== '')
  // From the end: whether the parts from here on match the steps from there on.
  let after = steps.map(() => below)
  after.push(true)
  for (const part of parts.toReversed()) {
    const before: boolean[] = Array.from({ length: steps.length + 1 }, () => false)
    for (let at = steps.length; at >= 0; at -= 1) {
      before[at] =
        part === '**'
          ? (after[at] ?? false) || (before[at + 1] ?? false)
          : at < steps.length && matchesStep(part, steps[at] ?? '') && (after[at + 1] ?? false)
    }
    after = before
  }
  return after[0] ?? false
}

/** `*` stands for any characters of one step, `?` for one. */
function matchesStep(pattern: string, text: string): boolean {
  let [at, from] = [0, 0]
  let star = -1
  let resume = 0
  while (from < text.length) {
    const mark = pattern[at]
    if (mark === '*') {
      star = at
      at += 1
      resume = from
    } else if (mark !== undefined && (mark === '?' || mark === text[from])) {
      at += 1
      from += 1
    } else if (star >= 0) {
      at = star + 1
      resume += 1
      from = resume
    } else return false
  }
  return /^\**$/.test(pattern.slice(at))
}
