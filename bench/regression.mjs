/** Whether a measurement is a regression: its ratio to a reference of the same run, beside the one that was stored. Pure. */

/**
 * What is stored of one row: how long the measured program and its reference took in the same run.
 * @typedef {{ seconds: number, reference: number }} Row
 */

/**
 * When a difference counts.
 * @typedef {object} Settings
 * @property {number} threshold a ratio of ratios, such as 1.15
 * @property {number} floorMs what is less than this is noise, however large its share
 */

/**
 * One row, judged.
 * @typedef {object} Judgement
 * @property {string} name
 * @property {number} before ratio to the reference
 * @property {number} now ratio to the reference
 * @property {number} change the one by the other
 * @property {number} lostMs how much longer it took than the stored ratio lets expect
 * @property {'same' | 'slower' | 'faster'} verdict
 */

/**
 * Compares the rows that both know; a row that only one of them knows is no regression, but it is named.
 * @param {Record<string, Row>} baseline
 * @param {Record<string, Row>} current
 * @param {Settings} settings
 * @returns {{ rows: Judgement[], unknown: string[], regressed: boolean }}
 */
export function compareRows(baseline, current, settings) {
  const names = Object.keys(current).filter((name) => Object.hasOwn(baseline, name))
  const known = new Set(names)
  const unknown = [...Object.keys(baseline), ...Object.keys(current)].filter((name) => !known.has(name))
  const rows = names.map((name) => judge(name, baseline[name], current[name], settings))
  return { rows, unknown, regressed: rows.some(({ verdict }) => verdict === 'slower') }
}

/**
 * @param {string} name
 * @param {Row | undefined} baseline
 * @param {Row | undefined} current
 * @param {Settings} settings
 * @returns {Judgement}
 */
function judge(name, baseline, current, { threshold, floorMs }) {
  if (baseline === undefined || current === undefined) throw new Error(`${name} is not in both`)
  const before = baseline.seconds / baseline.reference
  const now = current.seconds / current.reference
  const change = now / before
  const lostMs = (now - before) * current.reference * 1000
  const isSlower = change > threshold && lostMs > floorMs
  const isFaster = change < 1 / threshold && -lostMs > floorMs
  return { name, before, now, change, lostMs, verdict: isSlower ? 'slower' : isFaster ? 'faster' : 'same' }
}

/**
 * The comparison as a Markdown table with one sentence below it.
 * @param {ReturnType<typeof compareRows>} comparison
 * @param {Settings} settings
 */
export function comparisonText({ rows, unknown, regressed }, { threshold, floorMs }) {
  const lines = rows.map(
    ({ name, before, now, change, lostMs, verdict }) =>
      `| ${name} | ${before.toFixed(3)} | ${now.toFixed(3)} | ${change.toFixed(3)} | ${lostMs.toFixed(0)} | ${verdict} |`,
  )
  const limit = `more than ${threshold} x and more than ${floorMs} ms`
  return [
    '| run | baseline, x reference | now, x reference | change | lost ms | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
    ...unknown.map((name) => `${name} is only in one of the two and was not compared.`),
    regressed ? `Slower than the baseline by ${limit}.` : `Nothing is slower by ${limit}.`,
  ].join('\n')
}
