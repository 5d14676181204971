/** Reads the text format of Prometheus as strictly as its own tools do, for gauges. */

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,(?=.)|$)/

/** One value with its labels. */
export interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

/** All samples; throws for a text that a scraper would refuse, or warn about. */
export function readPrometheus(text: string): Sample[] {
  const problems = prometheusProblems(text)
  if (problems[0] !== undefined) throw new Error(problems[0])
  return text.split('\n').flatMap((line) => (line === '' || line.startsWith('#') ? [] : [readSample(line)]))
}

/** What is wrong with the text; empty if nothing is. */
export function prometheusProblems(text: string): string[] {
  const problems: string[] = []
  const typed = new Set<string>()
  const helped = new Set<string>()
  const seen = new Set<string>()
  let current = ''
  if (!text.endsWith('\n')) problems.push('no line break at its end')
  for (const line of text.split('\n').slice(0, -1)) {
    const [, word, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? []
    if (word === 'HELP') {
      if (helped.has(name) || !NAME.test(name)) problems.push(`second or bad HELP of ${name}`)
      if (/\\(?![\\n])/.test(rest)) problems.push(`escape in the help of ${name}`)
      helped.add(name)
    } else if (word === 'TYPE') {
      if (typed.has(name) || rest !== 'gauge' || !helped.has(name)) problems.push(`TYPE of ${name}`)
      typed.add(name)
      current = name
    } else {
      try {
        const sample = readSample(line)
        if (sample.name !== current) problems.push(`${sample.name} stands apart from its TYPE`)
        if (!Number.isFinite(sample.value)) problems.push(`${sample.name} has no finite value`)
        const key = JSON.stringify([sample.name, Object.values(sample.labels)])
        if (seen.has(key)) problems.push(`${key} twice`)
        seen.add(key)
      } catch (error) {
        problems.push(String(error))
      }
    }
  }
  return problems
}

function readSample(line: string): Sample {
  const [whole, name = '', inside = '', value = ''] = SAMPLE.exec(line) ?? []
  if (whole === undefined) throw new Error(`no sample: ${line}`)
  const labels: Record<string, string> = {}
  for (let rest = inside; rest !== '';) {
    const [all, label = '', text = ''] = LABEL.exec(rest) ?? []
    if (all === undefined || Object.hasOwn(labels, label)) throw new Error(`labels ${rest}`)
    labels[label] = text.replaceAll(/\\(.)/g, (_, mark: string) => (mark === 'n' ? '\n' : mark))
    rest = rest.slice(all.length)
  }
  if (!/^-?\d+(?:\.\d+)?(?:e[+-]\d+)?$/.test(value)) throw new Error(`value ${value}`)
  return { name, labels, value: Number(value) }
}
