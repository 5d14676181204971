import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { describe, expect, test } from 'vitest'
import { goal, shown } from '../../../bench/goals.mjs'
import { plot } from '../../../bench/plot.mjs'
import { withSection } from '../../../bench/readme-section.mjs'
import { spread } from '../../../bench/statistics.mjs'
import { rowsOf } from '../../../bench/stored-rows.mjs'
import { goalsTable, reportText, timesTable } from '../../../bench/table.mjs'

const ROOT = resolve(import.meta.dirname, '../../..')

function measured(name: string, kind: 'ours' | 'reference' | 'peer', runs: number[]) {
  return { name, kind, runs, seconds: spread(runs) }
}

const ours = { ...measured('depgate, warm', 'ours', [0.1, 0.12, 0.11]), peakMb: 61.4 }
const reader = measured('reading the same files', 'reference', [0.05, 0.06, 0.055])
const peer = measured('peer <1> & co', 'peer', [0.5, 0.4, 0.6])
const result = {
  id: 'warm-p2297',
  title: 'Warm',
  goals: [goal('warm', 'npm ls', 0.19, 0.2), goal('warm, times faster', 'peer', 3.9, 4, { atLeast: true })],
  measured: [ours, reader, peer],
}
const report = {
  at: '2026-11-21T10:00:00.000Z',
  machine: { node: '20.20.2', npm: '11', cores: 2 },
  results: [result],
}

describe('goals', () => {
  test('more or less is better, and the limit itself is met', () => {
    expect(goal('w', 'a', 0.2, 0.2).met).toBe(true)
    expect(goal('w', 'a', 0.21, 0.2).met).toBe(false)
    expect(goal('w', 'a', 4, 4, { atLeast: true }).met).toBe(true)
    expect(goal('w', 'a', 3.9, 4, { atLeast: true }).met).toBe(false)
    expect(goal('w', 'a', Number.NaN, 4).met).toBe(false)
  })

  test('figures keep three digits', () => {
    expect([0.123, 12.34, 512.4].map((value) => shown(value, 'x'))).toEqual(['0.12 x', '12.3 x', '512 x'])
  })

  test('say what was met, missed, skipped and what failed', () => {
    const text = goalsTable([
      result,
      { title: 'Redis', goals: [], skipped: 'there is no redis-server' },
      { title: 'cold', goals: [], failed: 'a | b' },
    ])
    expect(text).toContain('| warm | npm ls | 0.19 x | ≤ 0.20 x | met |')
    expect(text).toContain('| warm, times faster | peer | 3.90 x | ≥ 4.00 x | **missed** |')
    expect(text).toContain('not measured: there is no redis-server')
    expect(text).toContain('**failed**: a \\| b')
  })
})

test('times show the spread and the memory', () => {
  expect(timesTable([ours])).toContain('| **depgate, warm** | 0.110 | 0.100 – 0.120 | 61 |')
  expect(reportText(report)).toContain('## Warm')
})

test('a plot is well-formed, with a bar for each program no wider than the picture', () => {
  const svg = plot([{ title: 'A & B', measured: result.measured }])
  expect(svg).toContain('peer &lt;1&gt; &amp; co')
  expect(svg).not.toMatch(/NaN|undefined|&(?!amp;|lt;|gt;)/)
  const tags = [...svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)]
  const open = tags.filter(([, closes, , empty]) => closes === '' && empty === '').length
  expect(open).toBe(tags.filter(([, closes]) => closes === '/').length)
  const bars = [...svg.matchAll(/<rect x="396" y="[\d.]+" width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  )
  expect(bars).toHaveLength(3)
  expect(Math.max(...bars)).toBeLessThan(940 - 396)
  expect(bars[2]).toBeGreaterThan(bars[0] ?? 0)
})

test('a stored bench gives each of our runs beside its nearest reference', () => {
  expect(rowsOf(report)).toEqual({
    'warm-p2297: depgate, warm': { seconds: ours.seconds.q1, reference: reader.seconds.q1 },
  })
  const rows = { warm: { seconds: 1, reference: 2 } }
  expect(rowsOf({ rows })).toBe(rows)
})

describe('README.md', () => {
  const readme = readFileSync(resolve(ROOT, 'README.md'), 'utf8')

  test('its section is replaced and all else is left alone', () => {
    const text = withSection('a\n<!-- bench:start -->old<!-- bench:end -->\nb\n', report)
    expect(text).toMatch(/^a\n<!-- bench:start -->\n/)
    expect(text).toMatch(/\n<!-- bench:end -->\nb\n$/)
    expect(text).not.toContain('old')
    expect(withSection(text, report)).toBe(text)
    expect(() => withSection('no section', report)).toThrow('bench:start')
  })

  test('says what docs/bench/bench.json says', async () => {
    const stored = JSON.parse(readFileSync(resolve(ROOT, 'docs/bench/bench.json'), 'utf8')) as typeof report
    const filepath = resolve(ROOT, 'README.md')
    const options = { ...(await resolveConfig(filepath)), filepath }
    expect(await format(withSection(readme, stored), options)).toBe(readme)
  })
})
