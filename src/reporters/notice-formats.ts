/** The attribution file as plain text, Markdown and JSON. */
import { count } from './coverage.ts'
import { display, safeJson } from './display.ts'
import { code, fenced, prose } from './markdown-text.ts'
import type { Notice, NoticePackage, NoticeText } from './notice.ts'
import type { NoticeFormat } from './reporter.ts'
import { wrap } from './text-layout.ts'

const WIDTH = 80

/** The notice in one format, with a line break at its end. */
export function noticeIn(format: NoticeFormat, notice: Notice): string {
  switch (format) {
    case 'text':
      return plainNotice(notice)
    case 'markdown':
      return markdownNotice(notice)
    case 'json':
      return `${safeJson({ schemaVersion: 1, ...notice }, 2)}\n`
  }
}

function plainNotice(notice: Notice): string {
  const withoutText = notice.packages.filter(lacksSomething)
  const absent = notice.packages.filter(({ installed }) => !installed)
  const lines = [
    'THIRD-PARTY NOTICES',
    '===================',
    '',
    ...introduction(notice).flatMap((text) => wrap(text, WIDTH).concat('')),
    ...notice.licenses.map(({ license, packages }) => `${String(packages).padStart(6)}  ${license}`),
  ]
  if (withoutText.length > 0) {
    lines.push(...section('PACKAGES WITH SOMETHING MISSING'), ...wrap(MISSING, WIDTH), '')
    for (const entry of withoutText) lines.push(`  ${withRemarks(headOf(entry), entry.remarks.join('; '))}`)
  }
  if (absent.length > 0) {
    lines.push(...section('PACKAGES NOT INSTALLED HERE'), ...wrap(ABSENT, WIDTH), '')
    for (const entry of absent) lines.push(`  ${withRemarks(headOf(entry), entry.remarks.join('; '))}`)
  }
  lines.push(...section('PACKAGES'))
  for (const entry of notice.packages) {
    const numbers = entry.texts.map((number) => `[${number}]`).join(' ')
    lines.push(`  ${headOf(entry)}${numbers === '' ? '' : `  ${numbers}`}`)
  }
  lines.push(...section('TEXTS'), ...wrap(TEXTS, WIDTH))
  for (const { number, text, files } of notice.texts) {
    lines.push('', '', '-'.repeat(WIDTH), `[${number}]`)
    for (const entry of files) lines.push(`  ${display(entry.package)}, ${display(entry.file)}`)
    lines.push('-'.repeat(WIDTH), '', text)
  }
  return `${lines.join('\n')}\n`
}

function markdownNotice(notice: Notice): string {
  const withoutText = notice.packages.filter(lacksSomething)
  const absent = notice.packages.filter(({ installed }) => !installed)
  const lines = [
    '# Third-party notices',
    '',
    ...introduction(notice).flatMap((text) => [prose(text), '']),
    ...notice.licenses.map(({ license, packages }) => `- ${code(license)}: ${packages}`),
  ]
  if (withoutText.length > 0) {
    lines.push('', '## Packages with something missing', '', MISSING, '')
    for (const entry of withoutText) lines.push(withRemarks(item(entry), prose(entry.remarks.join('; '))))
  }
  if (absent.length > 0) {
    lines.push('', '## Packages not installed here', '', ABSENT, '')
    for (const entry of absent) lines.push(withRemarks(item(entry), prose(entry.remarks.join('; '))))
  }
  lines.push('', '## Packages', '')
  for (const entry of notice.packages) {
    const links = entry.texts.map((number) => `[text ${number}](#text-${number})`)
    lines.push([item(entry), ...links].join(', '))
  }
  lines.push('', '## Texts', '', TEXTS)
  for (const entry of notice.texts) lines.push('', ...markdownText(entry))
  return `${lines.join('\n')}\n`
}

function markdownText({ number, text, files }: NoticeText): string[] {
  return [
    `### Text ${number}`,
    '',
    ...files.map((entry) => `- ${code(entry.package)}, ${code(entry.file)}`),
    '',
    fenced([text]),
  ]
}

const MISSING =
  'What is missing stands behind each. The licence named is what was concluded from other evidence; whoever passes such a package on has to find its text.'
const ABSENT =
  'These are optional or for other platforms, so that no text of theirs could be read. Where they are shipped, the notice has to be made again.'
const TEXTS =
  'Each text as the packages under it ship it. Files about parts that a package carries (a notice, a list of third parties) stand here too.'

function introduction({ project, packages, development, complete }: Notice): string[] {
  const whole = project === '' ? 'This project' : display(project)
  const what = count(packages.length, 'third-party package')
  const first = development
    ? `${whole} is made of and with ${what}; those that only development needs are listed too.`
    : `${whole} contains ${what}. What only its development needs is not listed.`
  const intro = `${first} Here are their licences, and every licence text and notice that they ship.`
  return complete
    ? [intro]
    : [intro, 'THIS FILE IS NOT COMPLETE: something that belongs here could not be read or asked for.']
}

function lacksSomething({ installed, hasLicenseText, remarks }: NoticePackage): boolean {
  return installed && (!hasLicenseText || remarks.length > 0)
}

function withRemarks(head: string, remarks: string): string {
  return remarks === '' ? head : `${head} (${remarks})`
}

function headOf({ id, license }: NoticePackage): string {
  return `${display(id)}  ${license}`
}

function section(title: string): string[] {
  return ['', '', title, '='.repeat(title.length), '']
}

function item(entry: NoticePackage): string {
  return `- ${code(entry.id)}: ${code(entry.license)}`
}
