import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PackageReport } from '#model/run-report'
import { buildNotice } from '#reporters/notice'
import type { Notice, NoticeFile } from '#reporters/notice'
import { noticeIn } from '#reporters/notice-formats'
import { finding, packageReport, runReport } from '../../support/report.ts'

const MIT = 'MIT License\n\nCopyright (c) 2020 A\n\nPermission is hereby granted'
const licence = (text: string, file = 'LICENSE'): NoticeFile => ({ file, role: 'package', text })
const bundled = (text: string, file = 'NOTICE'): NoticeFile => ({ file, role: 'bundled', text })
const unread = (why: string, file = 'LICENSE'): NoticeFile => ({ file, role: 'package', unread: why })

function noticeOf(
  files: Record<string, NoticeFile[]>,
  changes: Record<string, Partial<PackageReport>> = {},
  findings = runReport().findings,
): Notice {
  const packages = Object.keys(files).map((id) => packageReport(id, changes[id]))
  return buildNotice(runReport({ packages, findings }), ({ id }) => files[id] ?? [], false)
}

describe('grouping', () => {
  test('packages that ship the same words share a text, another copyright line is another text', () => {
    const { texts, packages } = noticeOf({
      'a@1.0.0': [licence(MIT)],
      'b@1.0.0': [licence(MIT.replace('2020 A', '2021 B'), 'license.md')],
      'c@1.0.0': [licence(MIT.replaceAll('\n', '\n   '), 'COPYING')],
    })
    expect(texts).toEqual([
      {
        number: 1,
        text: MIT,
        files: [
          { package: 'a@1.0.0', file: 'LICENSE', role: 'package' },
          { package: 'c@1.0.0', file: 'COPYING', role: 'package' },
        ],
      },
      {
        number: 2,
        text: MIT.replace('2020 A', '2021 B'),
        files: [{ package: 'b@1.0.0', file: 'license.md', role: 'package' }],
      },
    ])
    expect(packages.map((entry) => entry.texts)).toEqual([[1], [2], [1]])
  })

  test('copies of one package that differ are all printed, equal ones once', () => {
    const { texts, packages } = noticeOf({
      'a@1.0.0': [licence('one'), licence('two'), licence('one'), bundled('notice')],
    })
    expect(packages[0]?.texts).toEqual([1, 2, 3])
    expect(texts.map(({ text, files }) => [text, files.length])).toEqual([
      ['one', 1],
      ['two', 1],
      ['notice', 1],
    ])
  })

  test('the order in which files were found does not matter', () => {
    const files = [licence('x', 'b'), bundled('n'), licence('y', 'a'), licence('z', 'c')]
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: 4 }), (shuffled) => {
        expect(noticeOf({ 'a@1.0.0': shuffled })).toEqual(noticeOf({ 'a@1.0.0': files }))
      }),
    )
  })
})

describe('what is missing is listed', () => {
  test.each<[string, NoticeFile[], Partial<PackageReport>, string[], boolean]>([
    ['no file at all', [], {}, ['ships no licence file'], true],
    ['only a notice about parts', [bundled('parts')], {}, ['ships no licence file'], true],
    ['an empty file', [licence(' \n')], {}, ['LICENSE is empty'], true],
    ['a file that was not read', [unread('a symbolic link')], {}, ['LICENSE is a symbolic link'], false],
    [
      'one of two was not read',
      [licence(MIT), unread('not text', 'NOTICE')],
      {},
      ['NOTICE is not text'],
      false,
    ],
    [
      'no licence known',
      [licence(MIT)],
      { license: null, conclusion: 'unknown' },
      ['no licence could be established'],
      true,
    ],
    [
      'a file that only points to the text',
      [licence('Licensed under the Apache License, Version 2.0; see the web.')],
      {
        claims: [
          {
            witness: 'text',
            reason: 'pointer',
            text: { file: 'LICENSE', sha256: '', role: 'package', licenses: [] },
            at: '',
            from: 'node_modules',
          },
        ],
      },
      ['its licence file only says where the text is'],
      true,
    ],
    [
      'a conflict',
      [licence(MIT)],
      { license: null, conclusion: 'conflict' },
      ['different licences are named for it'],
      true,
    ],
    [
      'no licence granted',
      [licence('All rights reserved')],
      {
        license: null,
        conclusion: 'unknown',
        claims: [{ witness: 'installed', reason: 'unlicensed', at: '', from: 'node_modules' }],
      },
      ['its author grants no licence'],
      true,
    ],
  ])('%s', (_, files, changes, remarks, complete) => {
    const notice = noticeOf({ 'a@1.0.0': files }, { 'a@1.0.0': changes })
    expect(notice.packages[0]?.remarks).toEqual(remarks)
    expect(notice.complete).toBe(complete)
    for (const format of ['text', 'markdown'] as const) {
      const text = noticeIn(format, notice)
      expect(text.toLowerCase()).toContain('packages with something missing')
      expect(text).toContain(remarks[0])
      expect(text.includes('THIS FILE IS NOT COMPLETE')).toBe(!complete)
    }
  })

  test('what is not installed is listed apart, with its licence', () => {
    const away = { installed: false }
    const lost = { ...away, license: null, conclusion: 'unknown' as const }
    const notice = noticeOf({ 'a@1.0.0': [], 'b@1.0.0': [] }, { 'a@1.0.0': away, 'b@1.0.0': lost })
    expect(notice.complete).toBe(true)
    const text = noticeIn('text', notice)
    expect(text).not.toContain('SOMETHING MISSING')
    expect(text).toMatch(/PACKAGES NOT INSTALLED HERE[^]*\n {2}a@1\.0\.0 {2}MIT\n[^]*\n\nPACKAGES\n/)
    expect(text).toContain('  b@1.0.0  (unknown) (no licence could be established)\n')
    expect(noticeIn('markdown', notice)).toMatch(/## Packages not installed here[^]*\n- `a@1\.0\.0`: `MIT`\n/)
  })

  test('a licence that could not be asked for makes the notice incomplete', () => {
    const outage = finding({ rule: 'metadata-unavailable', verdict: 'incomplete' })
    expect(noticeOf({ 'a@1.0.0': [licence(MIT)] }, {}, [outage]).complete).toBe(false)
    expect(noticeOf({ 'a@1.0.0': [licence(MIT)] }, {}, [finding()]).complete).toBe(true)
  })

  test('nothing is said to be missing where nothing is', () => {
    expect(noticeIn('text', noticeOf({ 'a@1.0.0': [licence(MIT)] }))).not.toContain('MISSING')
  })
})

describe('formats', () => {
  const notice = noticeOf({ 'a@1.0.0': [licence(MIT)], 'b@1.0.0': [licence(MIT), bundled('Parts of C')] })

  test('plain text', () => {
    expect(noticeIn('text', notice)).toBe(`THIRD-PARTY NOTICES
===================

app@1.0.0 contains 2 third-party packages. What only its development needs is
not listed. Here are their licences, and every licence text and notice that they
ship.

     2  MIT


PACKAGES
========

  a@1.0.0  MIT  [1]
  b@1.0.0  MIT  [1] [2]


TEXTS
=====

Each text as the packages under it ship it. Files about parts that a package
carries (a notice, a list of third parties) stand here too.


--------------------------------------------------------------------------------
[1]
  a@1.0.0, LICENSE
  b@1.0.0, LICENSE
--------------------------------------------------------------------------------

${MIT}


--------------------------------------------------------------------------------
[2]
  b@1.0.0, NOTICE
--------------------------------------------------------------------------------

Parts of C
`)
  })

  test('Markdown: a text cannot end its own fence, a name is no markup', () => {
    const hostile = noticeOf({
      'a`](x)@1.0.0': [licence('````\n# not a heading')],
      'b@1.0.0': [unread('<img src=x>', '[x](y)')],
    })
    const text = noticeIn('markdown', hostile)
    expect(text).toContain('- ``  a`](x)@1.0.0  ``'.replaceAll('  ', ' '))
    expect(text).toContain('\n`````text\n````\n# not a heading\n`````\n')
    expect(text).toContain('(`[x](y`) is `<img` `src=x>`)')
    expect(text).toContain('[text 1](#text-1)')
  })

  test('JSON holds everything', () => {
    expect(JSON.parse(noticeIn('json', notice))).toEqual({ schemaVersion: 1, ...notice })
  })

  test('a project without packages has a notice that says so', () => {
    expect(noticeIn('text', noticeOf({}))).toContain('app@1.0.0 contains 0 third-party packages.')
  })
})
