/** No reporter lets text from outside be more than text, whatever it is and wherever it stands. */
import { Ajv } from 'ajv'
import * as fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import type { FetchReport } from '#model/fetch-report'
import type { RunReport } from '#model/run-report'
import { explainPackage } from '#reporters/explain'
import { packageList } from '#reporters/list'
import { summaryReport } from '#reporters/markdown'
import { buildNotice } from '#reporters/notice'
import { noticeIn } from '#reporters/notice-formats'
import { printableText } from '#reporters/notice-text'
import { fetchJson, fetchReport } from '#reporters/fetch'
import { FORMATS, loadReporter } from '#reporters/reporter'
import { hostileReport, NASTY, nastyText } from '../../support/hostile.ts'
import { finding, packageReport, runReport } from '../../support/report.ts'
import { readXml } from '../../support/xml.ts'
import { readSchema } from '../../support/schemas.ts'

const STYLE = { width: 80, color: false, quiet: false }
type Show = (report: RunReport) => string

const formats = await Promise.all(
  FORMATS.map(async (format): Promise<[string, Show]> => {
    const reporter = await loadReporter(format)
    return [format, (report) => reporter(report, STYLE)]
  }),
)
const others: [string, Show][] = [
  ['summary', summaryReport],
  ['list', (report) => packageList(report, STYLE)],
  ['explain', (report) => report.packages.map((entry) => explained(report, entry)).join('\n')],
  ...(['text', 'markdown', 'json'] as const).map((format): [string, Show] => [
    `notice ${format}`,
    (report) => noticeIn(format, noticeOf(report)),
  ]),
]
const fetched: [string, Show][] = [
  ['fetch', (report) => fetchReport(fetchOf(report), STYLE)],
  ['fetch json', (report) => fetchJson(fetchOf(report))],
]
const all = new Map<string, Show>([...fetched, ...formats, ...others])
const show = (name: string, report: RunReport): string => {
  const reporter = all.get(name)
  if (reporter === undefined) throw new Error(`no reporter ${name}`)
  return reporter(report)
}

function explained(report: RunReport, entry: RunReport['packages'][number]): string {
  const { findings } = report
  return explainPackage({ entry, findings, paths: entry.paths, morePaths: false, judged: true }, STYLE)
}

/** What `depgate fetch` would say of the same names and messages. */
function fetchOf({ findings, packages, warnings }: RunReport): FetchReport {
  return {
    schemaVersion: 1,
    tool: { name: 'depgate', version: '0.0.0' },
    packages: packages.length,
    cached: 0,
    fetched: 0,
    left: 0,
    failed: findings.map(({ message, fix, package: id = message }) => ({
      code: 'unreachable',
      id,
      message,
      ...(fix !== undefined && { fix }),
    })),
    ahead: packages.map(({ id }) => id),
    kept: true,
    durationMs: 1,
    deadlineMs: 2,
    network: { requests: 0, retries: 0, failures: 0 },
    warnings,
  }
}

function noticeOf(report: RunReport): ReturnType<typeof buildNotice> {
  const text = printableText(report.packages.map(({ name }) => name).join('\n'))
  return buildNotice(report, (entry) => [{ file: entry.version, role: 'package', text }], false)
}

/** What a runner of GitHub, Azure or TeamCity would take for a command; its own annotations aside. */
function commandsIn(text: string): string[] {
  return text.split(/[\r\n]/).filter((line) => line.trimStart().startsWith('::') || /##[a-z]*\[/i.test(line))
}

/** Every nasty string at every place at once, beside what fast-check thinks of. */
const everything = runReport({
  verdict: 'violation',
  packages: NASTY.map((text) =>
    packageReport(`${text}@${text}`, { name: text, version: text, license: text, purl: '' }),
  ),
  findings: NASTY.map((text, at) =>
    finding({
      message: text,
      fix: `${text}\n${text}`,
      path: ['app', text],
      fingerprint: String(at),
      location: { file: text, line: 1 },
      details: [text],
      ...(at % 3 > 0 && { package: `${text}@${text}` }),
    }),
  ),
})

function holds(name: string, property: (text: string, report: RunReport) => void): void {
  property(show(name, everything), everything)
  fc.assert(
    fc.property(hostileReport, (report) => property(show(name, report), report)),
    { numRuns: 150 },
  )
}

test.each([...all.keys()])('%s: nothing that moves the cursor, hides, reorders or commands', (name) => {
  holds(name, (text) => {
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
    const commands = commandsIn(text)
    const own = /^::(?:error|warning) (?:file=[^:,]+,line=\d+,)?title=[^:,]*::[^\r\n]*$/
    expect(
      commands.filter((line) => name !== 'github' || !own.test(line) || /##[a-z]*\[/i.test(line)),
    ).toEqual([])
  })
})

test('github: as many commands as there are things to say, ten of a level at most', () => {
  holds('github', (text, report) => {
    expect(commandsIn(text).length).toBeLessThanOrEqual(Math.min(20, report.findings.length + 1))
  })
})

test.each(['json', 'sarif', 'codeclimate', 'cyclonedx', 'spdx', 'notice json', 'fetch json'])(
  '%s is JSON',
  (name) => {
    holds(name, (text, report) => {
      const value: unknown = JSON.parse(text)
      if (name === 'json') expect(value).toEqual(JSON.parse(JSON.stringify(report)))
    })
  },
)

test.each([
  ['sarif', 'sarif-2.1.0.schema.json'],
  ['codeclimate', 'gitlab-code-quality.schema.json'],
])('%s is what its schema says', (name, file) => {
  const validate = readSchema(file)
  holds(name, (text) => {
    validate(JSON.parse(text))
    expect(validate.errors).toBeNull()
  })
})

test('sarif: addresses stay inside the project, and no message holds a link or a placeholder', () => {
  holds('sarif', (text) => {
    for (const [, uri = ''] of text.matchAll(/"uri": "([^"]*)"/g)) {
      expect(uri).toMatch(/^[\w%!~*'().-]+(?:\/[\w%!~*'().-]+)*$/)
      expect(new URL(uri, 'file:///project/').href).toMatch(/^file:\/\/\/project\/./)
    }
    const log = JSON.parse(text) as { runs: { results: { message: { text: string } }[] }[] }
    for (const { message } of log.runs.flatMap(({ results }) => results)) {
      expect(message.text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]|\]\(/)
    }
  })
})

test('codeclimate: no two issues share a fingerprint', () => {
  holds('codeclimate', (text) => {
    const prints = (JSON.parse(text) as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint)
    expect(new Set(prints).size).toBe(prints.length)
  })
})

test('junit: XML of our elements only, one case a package and more', () => {
  holds('junit', (text, report) => {
    const names = readXml(text)
    const ours = new Set([
      'testsuites',
      'testsuite',
      'properties',
      'property',
      'testcase',
      'failure',
      'error',
      'system-out',
    ])
    expect(names.filter((name) => !ours.has(name))).toEqual([])
    expect(names.filter((name) => name === 'testcase').length).toBeGreaterThan(report.packages.length)
  })
})

/** As GitHub's dialect of Markdown has it, with everything dangerous left in. */
const rendered = (text: string): string =>
  micromark(text, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
  })

describe.each(['markdown', 'summary', 'notice markdown'])('%s', (name) => {
  test('becomes our elements only: no link, no image, no tag, no mention of anybody', () => {
    const allowed =
      /^\/?(?:h[123]|p|ul|li|strong|code|pre|details|summary|table|thead|tbody|tr|th|td)$|^code class="language-text"$/
    holds(name, (text) => {
      const html = rendered(text)
      const own = html.replaceAll(/<a href="#text-\d+">(text \d+)<\/a>/g, '$1')
      const tags = [...own.matchAll(/<([^>]*)>/g)].map((match) => match[1] ?? '')
      expect(tags.filter((tag) => !allowed.test(tag))).toEqual([])
      // What is code is left alone by everything that looks for mentions, issues and addresses.
      const plain = own.replaceAll(/<(pre|code)\b[^>]*>.*?<\/\1>/gs, '').replaceAll(/<[^>]*>/g, ' ')
      expect(plain).not.toMatch(/@|#\d|\bGH-\d|https?:|www\.|\b[0-9a-f]{7,40}\b|:\w+:|\$/i)
    })
  })

  test('every row of a table has its six cells', () => {
    holds(name, (text, report) => {
      const rows = [...rendered(text).matchAll(/<tr>.*?<\/tr>/gs)].map(
        ([row]) => row.match(/<t[hd]>/g)?.length,
      )
      expect(rows.every((cells) => cells === 6)).toBe(true)
      const expected = report.change?.packages.length ?? 0
      if (name !== 'notice markdown' && expected > 0) expect(rows).toHaveLength(expected + 1)
    })
  })
})

test('the comment stays below the limit of GitHub and says what it left out', () => {
  fc.assert(
    fc.property(nastyText, nastyText, (text, other) => {
      const many = runReport({
        verdict: 'violation',
        findings: Array.from({ length: 900 }, (_, at) =>
          finding({ message: `${text} ${at}`, fix: other, path: [text, other], fingerprint: String(at) }),
        ),
      })
      const comment = show('markdown', many)
      expect(comment.length).toBeLessThanOrEqual(60_000)
      const shown = comment.match(/^- ❌/gm)?.length ?? 0
      const left = Number(/Not shown here.*?(\d+) findings?/.exec(comment)?.[1] ?? 0)
      expect(shown + left).toBe(900)
    }),
    { numRuns: 25 },
  )
})

test('the checks themselves would see what they look for', () => {
  expect(commandsIn('x\n  ::error::y\na ##[group]b')).toHaveLength(2)
  expect(() => readXml('<a><b></a>')).toThrow()
  expect(new Ajv().validate({ type: 'array' }, {})).toBe(false)
})
