/** The dashboard asks only for gauges that there are, by labels that they have. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { prometheusReport } from '#reporters/prometheus'
import { auditedReport } from '../../support/audited.ts'
import { readPrometheus } from '../../support/prometheus.ts'

interface Dashboard {
  panels: {
    id: number
    title: string
    gridPos: { x: number; y: number; w: number; h: number }
    targets: { expr: string; legendFormat: string }[]
  }[]
  templating: { list: { query: unknown }[] }
}

const dashboard = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../docs/grafana-dashboard.json'), 'utf8'),
) as Dashboard
const style = { width: 80, color: false, quiet: false, licenseFamily: () => 'permissive' as const }
const samples = readPrometheus(prometheusReport(auditedReport(), style))
const targets = dashboard.panels.flatMap((panel) => panel.targets)

/** Labels of a gauge, each with the values that it can have. */
function labelsOf(name: string): Map<string, Set<string>> {
  const labels = new Map<string, Set<string>>()
  for (const sample of samples) {
    if (sample.name !== name) continue
    for (const [label, value] of Object.entries(sample.labels)) {
      labels.set(label, (labels.get(label) ?? new Set()).add(value))
    }
  }
  return labels
}

test('every gauge it names is one that a report of an audit has', () => {
  const names = new Set(samples.map(({ name }) => name))
  const asked = JSON.stringify(dashboard).match(/depgate_\w+/g) ?? []
  expect(asked.filter((name) => !names.has(name))).toEqual([])
  expect(new Set(asked).size).toBeGreaterThan(12)
})

test('every label and value it chooses by is one that the gauge has', () => {
  let chosen = 0
  for (const { expr } of targets) {
    for (const [, name = '', inside = ''] of expr.matchAll(/(depgate_\w+)\{([^}]*)\}/g)) {
      for (const [, label = '', sign, value = ''] of inside.matchAll(/(\w+)(=~|=)"([^"]*)"/g)) {
        const values = labelsOf(name).get(label)
        expect([name, label, values === undefined]).toEqual([name, label, false])
        if (sign === '=') expect([name, label, value, values?.has(value)]).toEqual([name, label, value, true])
        chosen += 1
      }
    }
  }
  expect(chosen).toBeGreaterThan(15)
})

test('every label that stands in a legend is one that the gauge has', () => {
  for (const { expr, legendFormat } of targets) {
    const [name = ''] = /depgate_\w+/.exec(expr) ?? []
    for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) {
      expect([expr, label, labelsOf(name).has(label)]).toEqual([expr, label, true])
    }
  }
})

test('panels lie side by side, each with its own number', () => {
  const cells = new Set<string>()
  for (const {
    gridPos: { x, y, w, h },
    title,
  } of dashboard.panels) {
    expect(x + w).toBeLessThanOrEqual(24)
    for (let column = x; column < x + w; column += 1) {
      for (let row = y; row < y + h; row += 1) {
        expect([title, cells.has(`${column},${row}`)]).toEqual([title, false])
        cells.add(`${column},${row}`)
      }
    }
  }
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
})
