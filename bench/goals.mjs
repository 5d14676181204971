/** The goals: what each row promises, and whether it was kept. Pure. */

/**
 * One row of the table of goals.
 * @typedef {object} Goal
 * @property {string} work what was done
 * @property {string} against what it is compared with
 * @property {number} value
 * @property {number} limit
 * @property {'x' | 'ms' | 'MiB'} unit
 * @property {boolean} atLeast whether more is better
 * @property {boolean} met
 * @property {string} [detail]
 */

/**
 * @param {string} work
 * @param {string} against
 * @param {number} value
 * @param {number} limit
 * @param {{ unit?: 'x' | 'ms' | 'MiB', atLeast?: boolean, detail?: string }} [options]
 * @returns {Goal}
 */
export function goal(work, against, value, limit, { unit = 'x', atLeast = false, detail } = {}) {
  const met = atLeast ? value >= limit : value <= limit
  return { work, against, value, limit, unit, atLeast, met, ...(detail !== undefined && { detail }) }
}

/**
 * A figure as people read it: three digits that count.
 * @param {number} value
 * @param {string} unit
 */
export function shown(value, unit) {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : Math.abs(value - 1) < 0.05 ? 3 : 2
  const text = value.toFixed(digits)
  return `${text} ${unit}`
}
